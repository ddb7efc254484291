import { useQuery, useQueryClient } from '@tanstack/react-query';
import { NotFoundError, type Fapiao, type Payment } from '@idoctor/commercial-client';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../kit/client.js';
import { ConfirmDialog } from '../../kit/confirm-dialog.js';
import { DataTable, useList } from '../../kit/data-table.js';
import { useFormat } from '../../kit/format.js';
import { Page } from '../../kit/page.js';
import { FapiaoForm } from '../fapiao-form.js';
import { PaymentLink } from '../payment-link.js';

const fapiaoKey = (orderId: string) => ['fapiao', orderId];

/** Null where none was asked for. */
async function fapiaoOf(orderId: string): Promise<Fapiao | null> {
  try {
    return await client.payments.fapiao(orderId);
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

/** The orders that were paid, and the fapiao of each. */
export function Invoices(): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useList<Payment>(['payments', 'paid'], () => client.payments.list({ limit: 20 }));
  const pages = query.data?.pages.map((page) => ({
    ...page,
    items: page.items.filter(({ paidAt, status }) => paidAt && status !== 'refunded'),
  }));
  const shown = { ...query, data: query.data && { ...query.data, pages: pages ?? [] } } as typeof query;
  return (
    <Page title={t('invoices.title')}>
      <p className="soft">{t('invoices.intro')}</p>
      <section className="card">
        <DataTable<Payment>
          caption={t('invoices.title')}
          query={shown}
          keyOf={({ orderId }) => orderId}
          empty={t('invoices.empty')}
          rowTestId="invoice-row"
          columns={[
            { label: t('payments.paidAt'), cell: ({ paidAt }) => (paidAt ? format.day(paidAt) : '—') },
            { label: t('payments.what'), cell: (payment) => <PaymentLink payment={payment} /> },
            { label: t('payments.amount'), cell: ({ amount }) => format.money(amount), isNumber: true },
            { label: t('invoices.fapiao'), cell: ({ orderId }) => <State orderId={orderId} /> },
          ]}
        />
      </section>
    </Page>
  );
}

const OVER: ReadonlySet<Fapiao['status']> = new Set(['withdrawn', 'rejected', 'red_issued']);

/** What became of an order's fapiao, and what can be done about it. */
export function State({ orderId }: { orderId: string }): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [open, setOpen] = useState<'request' | 'withdraw' | null>(null);
  const { data: fapiao, isPending } = useQuery({
    queryKey: fapiaoKey(orderId),
    queryFn: () => fapiaoOf(orderId),
  });
  const done = () => {
    void queries.invalidateQueries({ queryKey: fapiaoKey(orderId) });
    setOpen(null);
  };
  if (isPending) return <span className="soft">{t('loading')}</span>;
  return (
    <span className="cell-stack">
      {fapiao ? (
        <span>
          {t(`invoices.statuses.${fapiao.status}`)} · {fapiao.number ?? fapiao.title}
          {fapiao.reason ? ` · ${fapiao.reason}` : ''}
        </span>
      ) : null}
      {!fapiao || OVER.has(fapiao.status) ? (
        <button
          type="button"
          className="button"
          data-testid="fapiao-request"
          onClick={() => setOpen('request')}
        >
          {t('invoices.request')}
        </button>
      ) : null}
      {fapiao?.status === 'requested' ? (
        <button
          type="button"
          className="button danger"
          data-testid="fapiao-withdraw"
          onClick={() => setOpen('withdraw')}
        >
          {t('invoices.withdraw')}
        </button>
      ) : null}
      {open === 'request' ? (
        <FapiaoForm orderId={orderId} onDone={done} onClose={() => setOpen(null)} />
      ) : null}
      {open === 'withdraw' ? (
        <ConfirmDialog
          title={t('invoices.withdraw')}
          tone="danger"
          confirmLabel={t('invoices.withdraw')}
          act={() => client.payments.withdrawFapiao(orderId)}
          onDone={done}
          onClose={() => setOpen(null)}
        >
          <p>{t('invoices.withdrawText')}</p>
        </ConfirmDialog>
      ) : null}
    </span>
  );
}
