import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Subscription } from '@idoctor/commercial-client';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../kit/client.js';
import { ConfirmDialog } from '../kit/confirm-dialog.js';
import { useFormat } from '../kit/format.js';
import { useChannelName } from './names.js';
import { agreementQuery, isFree, plansQuery } from './queries.js';

const DAY_MS = 86_400_000;

/** When and how much is charged by itself, through whom, and how to stop it. */
export function NextCharge({ subscription }: { subscription: Subscription }): ReactElement | null {
  const { t } = useTranslation();
  const format = useFormat();
  const channel = useChannelName();
  const [isStopping, setStopping] = useState(false);
  const isPaid = !isFree(subscription);
  const { data: answer } = useQuery({ ...agreementQuery, enabled: isPaid });
  const { data: plans = [] } = useQuery(plansQuery);
  const { currentPeriodEnd, cancelAtPeriodEnd, scheduledPlanCode } = subscription;
  if (!isPaid || !currentPeriodEnd) return null;
  const agreement =
    answer?.agreement.status === 'active' && !answer.agreement.endRequestedAt ? answer.agreement : null;
  const plan = plans.find(({ code }) => code === scheduledPlanCode) ?? subscription.plan;
  const isCharged = agreement && !cancelAtPeriodEnd && Number(plan.price) > 0;
  return (
    <section className="card" aria-labelledby="next-charge" data-testid="next-charge">
      <h2 id="next-charge" className="soft small">
        {t('overview.nextCharge')}
      </h2>
      {isCharged ? (
        <>
          <p className="figure">{format.money(plan.price)}</p>
          <p className="soft">
            {t('overview.chargeText', {
              date: format.day(new Date(Date.parse(currentPeriodEnd) - DAY_MS)),
              channel: channel(agreement.provider),
              plan: plan.name,
            })}
          </p>
          <div>
            <button type="button" className="button" onClick={() => setStopping(true)}>
              {t('overview.stop')}
            </button>
          </div>
        </>
      ) : (
        <>
          <p>
            <strong>{t('overview.noCharge')}</strong>
          </p>
          <p className="soft">{t('overview.noChargeText')}</p>
        </>
      )}
      {isStopping ? <StopAgreement onClose={() => setStopping(false)} /> : null}
    </section>
  );
}

export function StopAgreement({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      title={t('subscription.agreementEnd')}
      tone="danger"
      confirmLabel={t('subscription.agreementEnd')}
      act={() => client.subscriptions.endAgreement()}
      onDone={() => {
        void queries.invalidateQueries({ queryKey: agreementQuery.queryKey });
        onClose();
      }}
      onClose={onClose}
    >
      <p>{t('subscription.agreementEndText')}</p>
    </ConfirmDialog>
  );
}
