import type { Listing, Page } from '@idoctor/commercial-client';
import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Answered } from './page.js';

export interface Column<Item> {
  label: string;
  cell: (item: Item) => ReactNode;
  isNumber?: boolean;
}

/** A list in cursor pages. */
export function useList<Item>(
  key: readonly unknown[],
  list: () => Listing<Item>,
): UseInfiniteQueryResult<InfiniteData<Page<Item>>> {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => list().page(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

interface DataTableProps<Item> {
  caption: string;
  query: UseInfiniteQueryResult<InfiniteData<Page<Item>>>;
  columns: readonly Column<Item>[];
  keyOf: (item: Item) => string;
  empty: ReactNode;
  rowTestId: string;
}

/** On a phone each row becomes a small card of its own. */
export function DataTable<Item>(props: DataTableProps<Item>): ReactElement {
  const { caption, query, columns, keyOf, empty, rowTestId } = props;
  const { t } = useTranslation();
  return (
    <Answered query={query}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <p className="soft">{empty}</p>;
        return (
          <>
            <div className="table-wrap">
              <table className="folding">
                <caption className="visually-hidden">{caption}</caption>
                <thead>
                  <tr>
                    {columns.map(({ label, isNumber }) => (
                      <th key={label} scope="col" className={isNumber ? 'number' : undefined}>
                        {label}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <tr key={keyOf(item)} data-testid={rowTestId}>
                      {columns.map(({ label, cell, isNumber }) => (
                        <td key={label} data-label={label} className={isNumber ? 'number' : undefined}>
                          {cell(item)}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {query.hasNextPage && (
              <div>
                <button
                  type="button"
                  className="button"
                  disabled={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {query.isFetchingNextPage ? t('loading') : t('more')}
                </button>
              </div>
            )}
          </>
        );
      }}
    </Answered>
  );
}
