import type { Payment } from '@idoctor/commercial-client';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../kit/client.js';
import { DataTable, useList } from '../../kit/data-table.js';
import { useFormat } from '../../kit/format.js';
import { Page } from '../../kit/page.js';
import { useChannelName } from '../names.js';
import { PaymentLink } from '../payment-link.js';
import { PaymentStatus } from '../payment-status.js';

export function Payments(): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const channel = useChannelName();
  const query = useList(['payments'], () => client.payments.list({ limit: 20 }));
  return (
    <Page title={t('payments.title')}>
      <section className="card">
        <DataTable<Payment>
          caption={t('payments.title')}
          query={query}
          keyOf={({ orderId }) => orderId}
          empty={t('payments.empty')}
          rowTestId="payment-row"
          columns={[
            { label: t('payments.time'), cell: ({ createdAt }) => format.moment(createdAt) },
            {
              label: t('payments.what'),
              cell: (payment) => <PaymentLink payment={payment} />,
            },
            { label: t('payments.channel'), cell: ({ provider }) => channel(provider) },
            { label: t('payments.status'), cell: ({ status }) => <PaymentStatus status={status} /> },
            { label: t('payments.amount'), cell: ({ amount }) => format.money(amount), isNumber: true },
          ]}
        />
      </section>
    </Page>
  );
}
