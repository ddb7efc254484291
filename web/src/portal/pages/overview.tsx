import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Quota, Subscription } from '@idoctor/commercial-client';
import { lazy, Suspense, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../kit/client.js';
import { useFormat } from '../../kit/format.js';
import { Answered, Loading, Page } from '../../kit/page.js';
import { burnDown, forecastOf, type BurnDay, type Forecast } from '../burn-down.js';
import { NextCharge } from '../next-charge.js';
import { isFree, subscriptionQuery } from '../queries.js';
import { useQuotaName } from '../names.js';

const LeftPlot = lazy(async () => ({ default: (await import('../../kit/plots.js')).LeftPlot }));

const LOW_SHARE = 0.2;

export function Overview(): ReactElement {
  const { t } = useTranslation();
  const query = useQuery(subscriptionQuery);
  return (
    <Page title={t('overview.title')}>
      <Answered query={query}>
        {(subscription) => (subscription ? <Held subscription={subscription} /> : <NoPlan />)}
      </Answered>
    </Page>
  );
}

function NoPlan(): ReactElement {
  const { t } = useTranslation();
  return (
    <section className="card">
      <h2 data-testid="plan-name">{t('overview.noPlan')}</h2>
      <div>
        <Link to="/plans" className="button primary">
          {t('overview.choose')}
        </Link>
      </div>
    </section>
  );
}

function Held({ subscription }: { subscription: Subscription }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const { plan, currentPeriodEnd, graceUntil, cancelAtPeriodEnd, quotas } = subscription;
  return (
    <>
      {graceUntil ? (
        <div className="notice bad">{t('overview.grace', { date: format.day(graceUntil) })}</div>
      ) : null}
      {cancelAtPeriodEnd && currentPeriodEnd ? (
        <div className="notice warn">{t('overview.canceling', { date: format.day(currentPeriodEnd) })}</div>
      ) : null}
      <div className="cards">
        <section className="card" aria-labelledby="plan">
          <h2 id="plan" className="soft small">
            {t('overview.plan')}
          </h2>
          <p className="figure" data-testid="plan-name">
            {plan.name}
          </p>
          {isFree(subscription) ? (
            <p className="soft">{t('overview.free')}</p>
          ) : (
            <p className="soft">
              {currentPeriodEnd && t('overview.until', { date: format.day(currentPeriodEnd) })}
            </p>
          )}
          <div>
            <Link to="/plans" className="button">
              {t('overview.choose')}
            </Link>
          </div>
        </section>
        {quotas.map((quota) => (
          <Ring key={quota.quotaType} quota={quota} />
        ))}
        <NextCharge subscription={subscription} />
      </div>
      {quotas[0] ? <BurnDown subscription={subscription} quota={quotas[0]} /> : null}
    </>
  );
}

function Ring({ quota }: { quota: Quota }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useQuotaName();
  const { quotaType, used, limit, remaining, overage, resetsAt } = quota;
  const share = limit > 0 ? remaining / limit : 0;
  const length = 2 * Math.PI * 58;
  const tone = remaining === 0 ? 'out' : share < LOW_SHARE ? 'low' : '';
  return (
    <section className="card" aria-label={name(quotaType)}>
      <h2 className="soft small">{name(quotaType)}</h2>
      <div className="ring-box">
        <div className="ring-frame">
          <svg className="ring" viewBox="0 0 128 128" aria-hidden="true">
            <circle className="track" cx="64" cy="64" r="58" />
            {share > 0 ? (
              <circle
                className={`arc ${tone}`}
                cx="64"
                cy="64"
                r="58"
                strokeDasharray={`${Math.min(1, share) * length} ${length}`}
              />
            ) : null}
          </svg>
          <span className="figure" data-testid="quota-remaining">
            {format.number(remaining)}
          </span>
        </div>
        <div className="stack tight">
          <strong>{t('overview.remaining')}</strong>
          <span className="soft">{t('overview.used', { used: format.number(used) })}</span>
          <span className="soft">
            {t('overview.limit')} <span data-testid="quota-limit">{format.number(limit)}</span>
          </span>
          {overage ? <span className="badge bad">{t('overview.overage', { count: overage })}</span> : null}
          <span className="soft small">{t('overview.resets', { date: format.day(resetsAt) })}</span>
        </div>
      </div>
      {remaining === 0 ? <div className="notice bad">{t('overview.out')}</div> : null}
      {remaining > 0 && share < LOW_SHARE ? <div className="notice warn">{t('overview.low')}</div> : null}
    </section>
  );
}

/** The month of a free plan, the period of a paid one; quota goes by months in both. */
function monthStart({ resetsAt }: Quota, subscription: Subscription): Date {
  const end = new Date(resetsAt);
  const start = new Date(end);
  start.setUTCMonth(start.getUTCMonth() - 1);
  const period = subscription.currentPeriodStart ? new Date(subscription.currentPeriodStart) : start;
  return period > start ? period : start;
}

function BurnDown({ subscription, quota }: { subscription: Subscription; quota: Quota }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const start = monthStart(quota, subscription);
  const query = useQuery({
    queryKey: ['burn-down', start.toISOString()],
    queryFn: async () => {
      const from = start.toISOString();
      const [used, held] = await Promise.all([
        client.usage.summary({ groupBy: 'day', from, status: 'consumed' }),
        client.usage.summary({ groupBy: 'day', from, status: 'held' }),
      ]);
      return [...used.items, ...held.items];
    },
  });
  return (
    <section className="card" aria-labelledby="month">
      <h2 id="month">{t('overview.month')}</h2>
      <Answered query={query}>
        {(items) => {
          const spent = new Map<string, number>();
          for (const { key, cost } of items) spent.set(key, (spent.get(key) ?? 0) + cost);
          const newest = [...spent.keys()].sort().at(-1);
          // The business time may be ahead of this machine's, in the sandbox.
          const clock = new Date(
            Math.max(Date.now(), start.getTime(), newest ? Date.parse(`${newest}T00:00:00+08:00`) : 0),
          );
          const now = clock > new Date(quota.resetsAt) ? new Date(quota.resetsAt) : clock;
          const period = { start, now, end: new Date(quota.resetsAt) };
          const rows = burnDown(period, quota, spent);
          const forecast = forecastOf(period, quota);
          return (
            <>
              <Outlook forecast={forecast} quota={quota} />
              <Suspense fallback={<Loading />}>
                <LeftPlot
                  rows={rows}
                  limit={quota.limit}
                  label={t('overview.plotLabel')}
                  valueLabel={t('overview.left')}
                  expectedLabel={t('overview.expected')}
                />
              </Suspense>
              <details>
                <summary>{t('overview.table')}</summary>
                <div className="table-wrap">
                  <table>
                    <thead>
                      <tr>
                        <th scope="col">{t('overview.day')}</th>
                        <th scope="col" className="number">
                          {t('overview.spent')}
                        </th>
                        <th scope="col" className="number">
                          {t('overview.left')}
                        </th>
                      </tr>
                    </thead>
                    <tbody>
                      {rows.filter(isPast).map(({ day, spent: cost, left }) => (
                        <tr key={day}>
                          <td>{day}</td>
                          <td className="number">{format.number(cost)}</td>
                          <td className="number">{format.number(left ?? 0)}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              </details>
            </>
          );
        }}
      </Answered>
    </section>
  );
}

function isPast({ left }: BurnDay): boolean {
  return left !== null;
}

function Outlook({ forecast, quota }: { forecast: Forecast; quota: Quota }): ReactElement | null {
  const { t } = useTranslation();
  const format = useFormat();
  if (quota.used === 0) return <p className="soft">{t('overview.unused')}</p>;
  if (forecast === 'unknown') return null;
  return (
    <p className="soft">
      {forecast === 'lasts'
        ? t('overview.forecastEnough', { date: format.day(quota.resetsAt) })
        : t('overview.forecast', { date: format.day(forecast) })}
    </p>
  );
}
