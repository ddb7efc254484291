import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Subscription } from '@idoctor/commercial-client';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../kit/client.js';
import { ErrorNotice } from '../kit/error-notice.js';
import { useFormat } from '../kit/format.js';
import { Answered } from '../kit/page.js';
import { useChannelName } from './names.js';
import { StopAgreement } from './next-charge.js';
import { agreementQuery } from './queries.js';

const DAY_MS = 86_400_000;

/** Renewal by agreement: what it means, how to begin it, and how to stop it. */
export function AgreementCard({ subscription }: { subscription: Subscription }): ReactElement {
  const { t } = useTranslation();
  const channel = useChannelName();
  const query = useQuery(agreementQuery);
  const [isStopping, setStopping] = useState(false);
  return (
    <section className="card" aria-labelledby="agreement">
      <h2 id="agreement">{t('subscription.agreement')}</h2>
      <Answered query={query}>
        {(answer) => {
          const agreement = answer?.agreement;
          if (agreement?.status === 'active' && !agreement.endRequestedAt) {
            return (
              <>
                <Terms subscription={subscription} provider={agreement.provider} />
                <div>
                  <button
                    type="button"
                    className="button danger"
                    data-testid="agreement"
                    onClick={() => setStopping(true)}
                  >
                    {t('subscription.agreementEnd')}
                  </button>
                </div>
              </>
            );
          }
          if (agreement?.status === 'pending' && agreement.signUrl) {
            return (
              <>
                <p>{t('subscription.agreementPending', { channel: channel(agreement.provider) })}</p>
                <div>
                  <a className="button primary" href={agreement.signUrl} data-testid="agreement">
                    {t('subscription.agreementGo', { channel: channel(agreement.provider) })}
                  </a>
                </div>
              </>
            );
          }
          return <Begin subscription={subscription} />;
        }}
      </Answered>
      {isStopping ? <StopAgreement onClose={() => setStopping(false)} /> : null}
    </section>
  );
}

function Terms({ subscription, provider }: { subscription: Subscription; provider: string }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const channel = useChannelName();
  const { currentPeriodEnd, plan } = subscription;
  const date = currentPeriodEnd ? format.day(new Date(Date.parse(currentPeriodEnd) - DAY_MS)) : '';
  return (
    <p>
      {t('subscription.agreementText', { channel: channel(provider), price: format.money(plan.price), date })}
    </p>
  );
}

/** The box is apart and unticked: nobody agrees to it on the way to something else. */
function Begin({ subscription }: { subscription: Subscription }): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [agrees, setAgrees] = useState(false);
  const open = useMutation({
    mutationFn: () =>
      client.subscriptions.openAgreement({
        provider: 'alipay',
        returnUrl: `${location.origin}/portal/subscription`,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: agreementQuery.queryKey }),
  });
  return (
    <>
      <p className="soft">{t('subscription.agreementOff')}</p>
      <Terms subscription={subscription} provider="alipay" />
      <label className="check">
        <input type="checkbox" checked={agrees} onChange={(event) => setAgrees(event.target.checked)} />
        <span>{t('subscription.agreementAgree')}</span>
      </label>
      {open.error ? <ErrorNotice error={open.error} /> : null}
      <div>
        <button
          type="button"
          className="button"
          data-testid="agreement"
          disabled={!agrees || open.isPending}
          onClick={() => open.mutate()}
        >
          {t('subscription.agreementOpen')}
        </button>
      </div>
    </>
  );
}
