import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Subscription } from '@idoctor/commercial-client';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../kit/client.js';
import { ConfirmDialog } from '../../kit/confirm-dialog.js';
import { ErrorNotice } from '../../kit/error-notice.js';
import { useFormat } from '../../kit/format.js';
import { Answered, Loading, Page } from '../../kit/page.js';
import { AgreementCard } from '../agreement-card.js';
import { orderThroughAny } from '../ordering.js';
import { isFree, plansQuery, subscriptionQuery } from '../queries.js';

export function SubscriptionPage(): ReactElement {
  const { t } = useTranslation();
  const query = useQuery(subscriptionQuery);
  return (
    <Page title={t('subscription.title')}>
      <Answered query={query}>
        {(subscription) => (subscription ? <Held subscription={subscription} /> : <Nothing />)}
      </Answered>
    </Page>
  );
}

function Nothing(): ReactElement {
  const { t } = useTranslation();
  return (
    <section className="card">
      <p>{t('overview.noPlan')}</p>
      <div>
        <Link to="/plans" className="button primary">
          {t('overview.choose')}
        </Link>
      </div>
    </section>
  );
}

type Asked = 'renew' | 'cancel' | null;

function Held({ subscription }: { subscription: Subscription }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const { open } = useSearch({ from: '/signed-in/subscription' });
  const mayAsk = open !== undefined && !isFree(subscription) && !subscription.cancelAtPeriodEnd;
  const [asked, setAsked] = useState<Asked>(mayAsk ? open : null);
  const resume = useMutation({
    mutationFn: () => client.subscriptions.resume(),
    onSuccess: () => queries.invalidateQueries({ queryKey: subscriptionQuery.queryKey }),
  });
  const { plan, currentPeriodEnd, cancelAtPeriodEnd, scheduledPlanCode } = subscription;
  const free = isFree(subscription);
  return (
    <>
      {resume.isSuccess && !cancelAtPeriodEnd ? (
        <div className="notice good" role="status">
          {t('subscription.resumed')}
        </div>
      ) : null}
      {resume.error ? <ErrorNotice error={resume.error} /> : null}
      <section className="card" aria-label={plan.name}>
        <div className="row spread">
          <p className="figure" data-testid="plan-name">
            {plan.name}
          </p>
          <State subscription={subscription} />
        </div>
        {free || !currentPeriodEnd ? (
          <p className="soft">{t('subscription.free')}</p>
        ) : (
          <dl className="facts">
            <dt>{t('subscription.periodEnd')}</dt>
            <dd data-testid="period-end">{format.day(currentPeriodEnd)}</dd>
            <dt>{t('plans.price')}</dt>
            <dd>{format.money(plan.price)}</dd>
          </dl>
        )}
        <Scheduled subscription={subscription} />
        <div className="row">
          {free ? null : (
            <button
              type="button"
              className="button primary"
              data-testid="renew"
              onClick={() => setAsked('renew')}
            >
              {t('subscription.renew')}
            </button>
          )}
          <Link to="/plans" className="button">
            {t('subscription.change')}
          </Link>
          {free ? null : cancelAtPeriodEnd || scheduledPlanCode ? (
            <button
              type="button"
              className="button"
              data-testid="resume"
              disabled={resume.isPending}
              onClick={() => resume.mutate()}
            >
              {t('subscription.resume')}
            </button>
          ) : (
            <button
              type="button"
              className="button danger"
              data-testid="cancel"
              onClick={() => setAsked('cancel')}
            >
              {t('subscription.cancel')}
            </button>
          )}
        </div>
      </section>
      {free ? null : <AgreementCard subscription={subscription} />}
      {free ? null : <Timeline subscription={subscription} />}
      {asked === 'renew' ? <Renew subscription={subscription} onClose={() => setAsked(null)} /> : null}
      {asked === 'cancel' ? <Cancel subscription={subscription} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function State({ subscription }: { subscription: Subscription }): ReactElement {
  const { t } = useTranslation();
  if (subscription.graceUntil) return <span className="badge bad">{t('subscription.inGrace')}</span>;
  if (subscription.cancelAtPeriodEnd)
    return <span className="badge warn">{t('subscription.canceling')}</span>;
  return <span className="badge good">{t('subscription.active')}</span>;
}

function Scheduled({ subscription }: { subscription: Subscription }): ReactElement | null {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: plans = [] } = useQuery(plansQuery);
  const { scheduledPlanCode, currentPeriodEnd, cancelAtPeriodEnd } = subscription;
  if (!currentPeriodEnd) return null;
  const date = format.day(currentPeriodEnd);
  if (cancelAtPeriodEnd) return <div className="notice warn">{t('subscription.canceled', { date })}</div>;
  if (!scheduledPlanCode) return null;
  const plan = plans.find(({ code }) => code === scheduledPlanCode)?.name ?? scheduledPlanCode;
  return <div className="notice">{t('subscription.scheduled', { date, plan })}</div>;
}

function Renew({ subscription, onClose }: { subscription: Subscription; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const planCode = subscription.scheduledPlanCode ?? subscription.plan.code;
  const offer = useQuery({
    queryKey: ['offer', planCode, 'renewal'],
    queryFn: () => client.subscriptions.previewChange({ planCode }),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <ConfirmDialog
      title={t('subscription.renew')}
      confirmLabel={t('plans.goPay')}
      isReady={offer.data !== undefined}
      act={(key) => orderThroughAny({ purpose: 'renewal' }, key, Number(offer.data?.amount) === 0)}
      onDone={(payment) => {
        void queries.invalidateQueries();
        if (payment) void navigate({ to: '/checkout/$orderId', params: { orderId: payment.orderId } });
        else onClose();
      }}
      onClose={onClose}
    >
      {offer.error ? <ErrorNotice error={offer.error} /> : null}
      {offer.isPending ? <Loading /> : null}
      {offer.data ? (
        <>
          {offer.data.periodStart && offer.data.periodEnd ? (
            <p>
              {t('subscription.renewText', {
                start: format.day(offer.data.periodStart),
                end: format.day(offer.data.periodEnd),
              })}
            </p>
          ) : null}
          <dl className="sums">
            <dt className="total">{t('plans.total')}</dt>
            <dd className="total" data-testid="preview-total">
              {format.money(offer.data.amount)}
            </dd>
          </dl>
        </>
      ) : null}
    </ConfirmDialog>
  );
}

function Cancel({
  subscription,
  onClose,
}: {
  subscription: Subscription;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const { currentPeriodEnd } = subscription;
  return (
    <ConfirmDialog
      title={t('subscription.cancel')}
      tone="danger"
      confirmLabel={t('subscription.cancel')}
      act={() => client.subscriptions.cancel({ atPeriodEnd: true })}
      onDone={() => {
        void queries.invalidateQueries({ queryKey: subscriptionQuery.queryKey });
        onClose();
      }}
      onClose={onClose}
    >
      <p>{currentPeriodEnd ? t('subscription.cancelText', { date: format.day(currentPeriodEnd) }) : null}</p>
    </ConfirmDialog>
  );
}

function Timeline({ subscription }: { subscription: Subscription }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const { currentPeriodStart, currentPeriodEnd } = subscription;
  const points = [
    { at: currentPeriodStart, text: t('subscription.started') },
    { at: currentPeriodEnd, text: t('subscription.ends') },
  ];
  return (
    <section className="card" aria-labelledby="timeline">
      <h2 id="timeline">{t('subscription.timeline')}</h2>
      <ol className="timeline">
        {points.map(({ at, text }) =>
          at ? (
            <li key={text}>
              <time className="soft tabular" dateTime={at}>
                {format.day(at)}
              </time>
              <span>{text}</span>
            </li>
          ) : null,
        )}
      </ol>
    </section>
  );
}
