import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './error-notice.js';

/** A page's heading, its title in the window, and its focus after a change of page. */
export function Page({ title, children }: { title: string; children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('brand')}`;
  }, [title, t]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </>
  );
}

export function Loading(): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="loading" role="status">
      <span className="spinner" aria-hidden="true" />
      {t('loading')}
    </div>
  );
}

interface Asked<Value> {
  data: Value | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

/** What was asked for, once it is there; until then that it is on its way, or why it isn't. */
export function Answered<Value>({
  query,
  children,
}: {
  query: Asked<Value>;
  children: (value: Value) => ReactNode;
}): ReactElement {
  if (query.data !== undefined) {
    return (
      <>
        {query.error ? <ErrorNotice error={query.error} onRetry={() => void query.refetch()} /> : null}
        {children(query.data)}
      </>
    );
  }
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading />;
}
