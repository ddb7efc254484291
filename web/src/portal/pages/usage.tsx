import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Usage } from '@idoctor/commercial-client';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../kit/client.js';
import { DataTable, useList } from '../../kit/data-table.js';
import { Field, Select } from '../../kit/field.js';
import { dayKey, useFormat } from '../../kit/format.js';
import { Answered, Loading, Page } from '../../kit/page.js';
import { useResourceName } from '../names.js';
import { subscriptionQuery } from '../queries.js';
import { usageCsv } from '../usage-csv.js';

const DaysPlot = lazy(async () => ({ default: (await import('../../kit/plots.js')).DaysPlot }));

const DAY_MS = 86_400_000;
const DAYS_SHOWN = 30;

interface Filter {
  /** Days in Asia/Shanghai, both included. */
  from: string;
  to: string;
  resource: string;
}

/** The beginning of a day in Asia/Shanghai, which has no summer time. */
function startOf(day: string): Date {
  return new Date(`${day}T00:00:00+08:00`);
}

function queryOf({ from, to, resource }: Filter) {
  return {
    from: startOf(from).toISOString(),
    to: new Date(startOf(to).getTime() + DAY_MS).toISOString(),
    ...(resource && { resourceType: resource }),
  };
}

export function UsagePage(): ReactElement {
  const { t } = useTranslation();
  const search = useSearch({ from: '/signed-in/usage' });
  const { data: subscription } = useQuery(subscriptionQuery);
  // In the sandbox the business time may be ahead: then its period is what there is to see.
  const start = subscription?.currentPeriodStart ? new Date(subscription.currentPeriodStart) : new Date();
  const today = new Date(Math.max(Date.now(), start.getTime()));
  const filter: Filter = {
    from: search.from ?? dayKey(new Date(today.getTime() - (DAYS_SHOWN - 1) * DAY_MS)),
    to: search.to ?? dayKey(new Date(today.getTime() + DAY_MS)),
    resource: search.resource ?? '',
  };
  return (
    <Page title={t('usage.title')}>
      <Filters key={`${filter.from} ${filter.to} ${filter.resource}`} filter={filter} />
      <Days filter={filter} />
      <Details filter={filter} />
    </Page>
  );
}

function Filters({ filter }: { filter: Filter }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const name = useResourceName();
  const [wanted, setWanted] = useState(filter);
  return (
    <form
      className="row end"
      onSubmit={(event) => {
        event.preventDefault();
        const { from, to, resource } = wanted;
        void navigate({ to: '/usage', search: { from, to, ...(resource && { resource }) } });
      }}
    >
      <Field
        label={t('usage.from')}
        type="date"
        required
        value={wanted.from}
        max={wanted.to}
        onChange={(event) => setWanted({ ...wanted, from: event.target.value })}
      />
      <Field
        label={t('usage.to')}
        type="date"
        required
        value={wanted.to}
        min={wanted.from}
        onChange={(event) => setWanted({ ...wanted, to: event.target.value })}
      />
      <Select
        label={t('usage.resource')}
        value={wanted.resource}
        onChange={(resource) => setWanted({ ...wanted, resource })}
        options={[
          { value: '', label: t('usage.all') },
          { value: 'dicom_processing', label: name('dicom_processing') },
        ]}
      />
      <button type="submit" className="button primary">
        {t('usage.apply')}
      </button>
    </form>
  );
}

function Days({ filter }: { filter: Filter }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery({
    queryKey: ['usage', 'days', filter],
    queryFn: () => client.usage.summary({ groupBy: 'day', ...queryOf(filter) }),
  });
  return (
    <section className="card" aria-labelledby="days">
      <h2 id="days">{t('usage.plot')}</h2>
      <Answered query={query}>
        {({ items, total }) =>
          items.length === 0 ? (
            <p className="soft">{t('usage.empty')}</p>
          ) : (
            <>
              <p>
                <span className="figure">{format.number(total.cost)}</span>{' '}
                <span className="soft">
                  {t('usage.total')} · {t('usage.times', { count: total.count })}
                </span>
              </p>
              <Suspense fallback={<Loading />}>
                <DaysPlot
                  rows={everyDay(items)}
                  label={`${t('usage.plot')}: ${items.map(({ key, cost }) => `${key} ${cost}`).join(', ')}`}
                  valueLabel={t('usage.cost')}
                />
              </Suspense>
            </>
          )
        }
      </Answered>
    </section>
  );
}

/** From the first day to the last, with those between on which nothing was used. */
function everyDay(items: readonly { key: string; cost: number }[]): { day: string; cost: number }[] {
  const costs = new Map(items.map(({ key, cost }) => [key, cost]));
  const keys = [...costs.keys()].sort();
  const days: { day: string; cost: number }[] = [];
  for (let at = startOf(keys[0]!).getTime(); at <= startOf(keys.at(-1)!).getTime(); at += DAY_MS) {
    const day = dayKey(new Date(at));
    days.push({ day, cost: costs.get(day) ?? 0 });
  }
  return days;
}

function Details({ filter }: { filter: Filter }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useResourceName();
  const query = useList(['usage', 'list', filter], () =>
    client.usage.list({ ...queryOf(filter), limit: 20 }),
  );
  const [isExporting, setExporting] = useState(false);
  const exportCsv = async () => {
    setExporting(true);
    await usageCsv(client.usage.list({ ...queryOf(filter), limit: 100 }), filter).finally(() =>
      setExporting(false),
    );
  };
  return (
    <section className="card" aria-labelledby="details">
      <div className="row spread">
        <h2 id="details">{t('usage.table')}</h2>
        <button
          type="button"
          className="button"
          data-testid="export-csv"
          disabled={isExporting}
          onClick={() => void exportCsv()}
        >
          {t('usage.csv')}
        </button>
      </div>
      <DataTable<Usage>
        caption={t('usage.table')}
        query={query}
        keyOf={({ id }) => id}
        empty={t('usage.empty')}
        rowTestId="usage-row"
        columns={[
          { label: t('usage.time'), cell: ({ createdAt }) => format.moment(createdAt) },
          { label: t('usage.resource'), cell: ({ resourceType }) => name(resourceType) },
          { label: t('usage.id'), cell: ({ resourceId }) => resourceId ?? '—' },
          { label: t('usage.status'), cell: ({ status }) => t(`usage.statuses.${status}`) },
          { label: t('usage.cost'), cell: ({ cost }) => format.number(cost), isNumber: true },
        ]}
      />
    </section>
  );
}
