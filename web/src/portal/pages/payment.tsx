import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { Payment } from '@idoctor/commercial-client';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../kit/client.js';
import { ErrorNotice } from '../../kit/error-notice.js';
import { useFormat } from '../../kit/format.js';
import { Answered, Page } from '../../kit/page.js';
import { useChannelName, usePurpose } from '../names.js';
import { PaymentStatus } from '../payment-status.js';
import { save } from '../usage-csv.js';
import { State as FapiaoState } from './invoices.js';

export function PaymentPage(): ReactElement {
  const { t } = useTranslation();
  const { orderId } = useParams({ from: '/signed-in/payments/$orderId' });
  const query = useQuery({ queryKey: ['payment', orderId], queryFn: () => client.payments.get(orderId) });
  return (
    <Page title={t('payments.detail')}>
      <Answered query={query}>
        {(payment) => (
          <>
            <Detail payment={payment} />
            {payment.paidAt && payment.status !== 'refunded' ? (
              <section className="card narrow" aria-labelledby="fapiao">
                <h2 id="fapiao">{t('invoices.fapiao')}</h2>
                <FapiaoState orderId={orderId} />
              </section>
            ) : null}
          </>
        )}
      </Answered>
    </Page>
  );
}

function Detail({ payment }: { payment: Payment }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const channel = useChannelName();
  const purpose = usePurpose();
  const { orderId, amount, provider, status, createdAt, paidAt, providerTradeNo, refundedAmount } = payment;
  const receipt = useMutation({
    mutationFn: () => client.payments.receipt(orderId),
    onSuccess: (bytes) => save(new Blob([bytes], { type: 'application/pdf' }), `${orderId}.pdf`),
  });
  return (
    <section className="card narrow">
      <div className="row spread">
        <h2>{purpose(payment)}</h2>
        <PaymentStatus status={status} />
      </div>
      <p className="figure">{format.money(amount)}</p>
      <dl className="facts">
        <dt>{t('payments.order')}</dt>
        <dd className="tabular">{orderId}</dd>
        <dt>{t('payments.channel')}</dt>
        <dd>{channel(provider)}</dd>
        <dt>{t('payments.createdAt')}</dt>
        <dd>{format.moment(createdAt)}</dd>
        {paidAt ? (
          <>
            <dt>{t('payments.paidAt')}</dt>
            <dd>{format.moment(paidAt)}</dd>
          </>
        ) : null}
        {providerTradeNo ? (
          <>
            <dt>{t('payments.tradeNo')}</dt>
            <dd className="tabular">{providerTradeNo}</dd>
          </>
        ) : null}
        {Number(refundedAmount) > 0 ? (
          <>
            <dt>{t('payments.refunded')}</dt>
            <dd>{format.money(refundedAmount)}</dd>
          </>
        ) : null}
      </dl>
      {receipt.error ? <ErrorNotice error={receipt.error} /> : null}
      <div className="row">
        {status === 'pending' ? (
          <Link to="/checkout/$orderId" params={{ orderId }} className="button primary">
            {t('payments.pay')}
          </Link>
        ) : null}
        {paidAt ? (
          <button
            type="button"
            className="button primary"
            data-testid="receipt"
            disabled={receipt.isPending}
            onClick={() => receipt.mutate()}
          >
            {t('payments.receipt')}
          </button>
        ) : null}
        <Link to="/payments" className="button">
          {t('back')}
        </Link>
      </div>
    </section>
  );
}
