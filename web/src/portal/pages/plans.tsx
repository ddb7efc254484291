import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ChangeOffer, Plan, Subscription } from '@idoctor/commercial-client';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../kit/client.js';
import { ConfirmDialog } from '../../kit/confirm-dialog.js';
import { ErrorNotice } from '../../kit/error-notice.js';
import { Segments } from '../../kit/field.js';
import { useFormat } from '../../kit/format.js';
import { Answered, Loading, Page } from '../../kit/page.js';
import { orderThroughAny } from '../ordering.js';
import { isFree, plansQuery, subscriptionQuery } from '../queries.js';

export function Plans(): ReactElement {
  const { t } = useTranslation();
  const plans = useQuery(plansQuery);
  const held = useQuery(subscriptionQuery);
  return (
    <Page title={t('plans.title')}>
      <p className="soft">{t('plans.intro')}</p>
      <Answered query={plans}>
        {(all) => (
          <Answered query={held}>{(subscription) => <Choice plans={all} held={subscription} />}</Answered>
        )}
      </Answered>
    </Page>
  );
}

function Choice({ plans, held }: { plans: Plan[]; held: Subscription | null }): ReactElement {
  const { t } = useTranslation();
  const [cycle, setCycle] = useState<string>(held?.plan.billingCycle ?? 'monthly');
  const [chosen, setChosen] = useState<Plan | null>(null);
  const cycles = new Set(
    plans.filter(({ price }) => Number(price) > 0).map(({ billingCycle }) => billingCycle),
  );
  const shown = plans.filter(
    ({ price, billingCycle }) => Number(price) === 0 || cycles.size < 2 || billingCycle === cycle,
  );
  return (
    <>
      {cycles.size > 1 ? (
        <Segments
          legend={t('plans.cycle')}
          value={cycle}
          onChange={setCycle}
          options={[
            { value: 'monthly', label: t('plans.monthly') },
            { value: 'yearly', label: t('plans.yearly') },
          ]}
        />
      ) : null}
      <div className="cards">
        {shown.map((plan) => (
          <PlanCard
            key={plan.code}
            plan={plan}
            isHeld={held?.plan.code === plan.code}
            onChoose={() => setChosen(plan)}
          />
        ))}
      </div>
      {chosen ? <Order plan={chosen} held={held} onClose={() => setChosen(null)} /> : null}
    </>
  );
}

function PlanCard({
  plan,
  isHeld,
  onChoose,
}: {
  plan: Plan;
  isHeld: boolean;
  onChoose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const { code, name, description, price, billingCycle, quotas, features, trialDays } = plan;
  const level = features['priority'];
  return (
    <section
      className={isHeld ? 'card plan held' : 'card plan'}
      data-testid={`plan-${code}`}
      aria-label={name}
    >
      <div className="row spread">
        <h2>{name}</h2>
        {isHeld ? <span className="badge good">{t('plans.current')}</span> : null}
      </div>
      <p className="soft">{description}</p>
      <p>
        <span className="figure">{Number(price) === 0 ? t('plans.freePrice') : format.money(price)}</span>
        {Number(price) > 0 ? (
          <span className="soft">
            {' '}
            {billingCycle === 'yearly' ? t('plans.perYear') : t('plans.perMonth')}
          </span>
        ) : null}
      </p>
      <ul>
        {quotas.map(({ quotaType, quotaLimit }) => (
          <li key={quotaType}>
            {t('plans.quota', { count: quotaLimit, replace: { count: format.number(quotaLimit) } })}
          </li>
        ))}
        {typeof features['max_concurrent'] === 'number' ? (
          <li>{t('plans.concurrent', { count: features['max_concurrent'] })}</li>
        ) : null}
        {level === 'low' || level === 'medium' || level === 'high' ? (
          <li>{t('plans.priority', { level: t(`plans.level.${level}`) })}</li>
        ) : null}
        {features['custom_support'] === true ? <li>{t('plans.support')}</li> : null}
        {trialDays > 0 ? <li>{t('plans.trial', { count: trialDays })}</li> : null}
      </ul>
      {isHeld ? null : (
        <button type="button" className="button primary" data-testid={`choose-${code}`} onClick={onChoose}>
          {t('plans.choose')}
        </button>
      )}
    </section>
  );
}

/** What changes today, and what it costs; then the order. */
function Order({
  plan,
  held,
  onClose,
}: {
  plan: Plan;
  held: Subscription | null;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const changes = held !== null && !isFree(held);
  const offer = useQuery({
    queryKey: ['offer', plan.code],
    queryFn: () => client.subscriptions.previewChange({ planCode: plan.code }),
    enabled: changes,
    staleTime: 0,
    gcTime: 0,
  });
  const total = changes ? offer.data?.amount : plan.price;
  const purpose = changes ? 'change' : 'subscription';
  const order = (idempotencyKey: string) =>
    orderThroughAny({ purpose, planCode: plan.code }, idempotencyKey, Number(total) === 0);
  return (
    <ConfirmDialog
      title={`${t('plans.preview')}: ${plan.name}`}
      confirmLabel={Number(total) > 0 ? t('plans.goPay') : t('plans.switch')}
      isReady={total !== undefined}
      act={order}
      onDone={(payment) => {
        void queries.invalidateQueries();
        if (payment) void navigate({ to: '/checkout/$orderId', params: { orderId: payment.orderId } });
        else void navigate({ to: '/' });
      }}
      onClose={onClose}
    >
      {changes && offer.error ? <ErrorNotice error={offer.error} /> : null}
      {changes && offer.isPending ? <Loading /> : null}
      {changes && offer.data ? <Sums offer={offer.data} /> : null}
      {changes ? null : (
        <>
          <p>{Number(plan.price) === 0 ? t('plans.freeText') : t('plans.firstText')}</p>
          <dl className="sums">
            <dt className="total">{t('plans.total')}</dt>
            <dd className="total" data-testid="preview-total">
              {format.money(plan.price)}
            </dd>
          </dl>
        </>
      )}
    </ConfirmDialog>
  );
}

function Sums({ offer }: { offer: ChangeOffer }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, amount, price, credit, accountCredit, discount, surplus, periodEnd, effectiveAt, plan } =
    offer;
  const minus = (yuan: string) => `−${format.money(yuan)}`;
  const parts = [
    { label: t('plans.price'), sum: format.money(price), isShown: true },
    { label: t('plans.discount'), sum: minus(discount), isShown: Number(discount) > 0 },
    { label: t('plans.credit'), sum: minus(credit), isShown: Number(credit) > 0 },
    { label: t('plans.accountCredit'), sum: minus(accountCredit), isShown: Number(accountCredit) > 0 },
    { label: t('plans.surplus'), sum: format.money(surplus), isShown: Number(surplus) > 0 },
  ];
  return (
    <>
      <p>
        {kind === 'downgrade'
          ? t('plans.downgradeText', { date: format.day(effectiveAt), plan: plan.name })
          : periodEnd
            ? t('plans.upgradeText', { date: format.day(periodEnd) })
            : t('plans.firstText')}
      </p>
      <dl className="sums">
        {kind === 'downgrade'
          ? null
          : parts
              .filter(({ isShown }) => isShown)
              .flatMap(({ label, sum }) => [
                <dt key={label}>{label}</dt>,
                <dd key={`${label} sum`}>{sum}</dd>,
              ])}
        <dt className="total">{t('plans.total')}</dt>
        <dd className="total" data-testid="preview-total">
          {format.money(amount)}
        </dd>
      </dl>
    </>
  );
}
