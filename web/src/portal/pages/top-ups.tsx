import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Payment, Quota, TopupPack } from '@idoctor/commercial-client';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../kit/client.js';
import { ConfirmDialog } from '../../kit/confirm-dialog.js';
import { DataTable, useList } from '../../kit/data-table.js';
import { useFormat } from '../../kit/format.js';
import { Answered, Page } from '../../kit/page.js';
import { useQuotaName } from '../names.js';
import { orderThroughAny } from '../ordering.js';
import { PaymentLink } from '../payment-link.js';
import { PaymentStatus } from '../payment-status.js';

export function TopUps(): ReactElement {
  const { t } = useTranslation();
  const packs = useQuery({ queryKey: ['packs'], queryFn: () => client.topups.list() });
  const [chosen, setChosen] = useState<TopupPack | null>(null);
  return (
    <Page title={t('topups.title')}>
      <p className="soft">{t('topups.intro')}</p>
      <Balances />
      <Answered query={packs}>
        {(items) =>
          items.length === 0 ? (
            <p className="soft">{t('topups.none')}</p>
          ) : (
            <div className="cards">
              {items.map((pack) => (
                <Pack key={pack.code} pack={pack} onChoose={() => setChosen(pack)} />
              ))}
            </div>
          )
        }
      </Answered>
      <Bought />
      {chosen ? <Order pack={chosen} onClose={() => setChosen(null)} /> : null}
    </Page>
  );
}

/** What is left of everything together, packs included. */
function Balances(): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useQuotaName();
  const query = useQuery({ queryKey: ['quota'], queryFn: () => client.quota.list() });
  return (
    <section className="card" aria-labelledby="balances">
      <h2 id="balances">{t('topups.balances')}</h2>
      <Answered query={query}>
        {(items: Quota[]) => (
          <dl className="sums">
            {items.map(({ quotaType, remaining, limit }) => (
              <div key={quotaType} className="sum" data-testid="balance-row">
                <dt>{name(quotaType)}</dt>
                <dd>{t('topups.left', { left: format.number(remaining), limit: format.number(limit) })}</dd>
              </div>
            ))}
          </dl>
        )}
      </Answered>
    </section>
  );
}

function Pack({ pack, onChoose }: { pack: TopupPack; onChoose: () => void }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useQuotaName();
  return (
    <section className="card" data-testid={`pack-${pack.code}`} aria-label={pack.name}>
      <h2>{pack.name}</h2>
      <p className="figure">{format.money(pack.price)}</p>
      <p>
        {name(pack.quotaType)} +{format.number(pack.amount)}
      </p>
      <p className="soft">{t('topups.valid', { count: pack.validDays })}</p>
      <div>
        <button
          type="button"
          className="button primary"
          data-testid={`choose-${pack.code}`}
          onClick={onChoose}
        >
          {t('topups.buy')}
          <span className="visually-hidden"> {pack.name}</span>
        </button>
      </div>
    </section>
  );
}

function Order({ pack, onClose }: { pack: TopupPack; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useQuotaName();
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      title={`${t('topups.preview')}: ${pack.name}`}
      confirmLabel={t('plans.goPay')}
      act={(key) => orderThroughAny({ purpose: 'topup', packCode: pack.code }, key, false)}
      onDone={(payment) => void navigate({ to: '/checkout/$orderId', params: { orderId: payment!.orderId } })}
      onClose={onClose}
    >
      <p>
        {t('topups.text', {
          what: `${name(pack.quotaType)} +${format.number(pack.amount)}`,
          count: pack.validDays,
        })}
      </p>
      <dl className="sums">
        <dt className="total">{t('plans.total')}</dt>
        <dd className="total" data-testid="preview-total">
          {format.money(pack.price)}
        </dd>
      </dl>
    </ConfirmDialog>
  );
}

/** Of the newest orders, those of packs. */
function Bought(): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useList<Payment>(['payments', 'topup'], () => client.payments.list({ limit: 100 }));
  const pages = query.data?.pages.map((page) => ({
    ...page,
    items: page.items.filter(({ purpose }) => purpose === 'topup'),
  }));
  const shown = { ...query, data: query.data && { ...query.data, pages: pages ?? [] } } as typeof query;
  return (
    <section className="card" aria-labelledby="bought">
      <h2 id="bought">{t('topups.bought')}</h2>
      <DataTable<Payment>
        caption={t('topups.bought')}
        query={shown}
        keyOf={({ orderId }) => orderId}
        empty={t('topups.notBought')}
        rowTestId="topup-row"
        columns={[
          { label: t('payments.time'), cell: ({ createdAt }) => format.moment(createdAt) },
          { label: t('payments.what'), cell: (payment) => <PaymentLink payment={payment} /> },
          { label: t('payments.status'), cell: ({ status }) => <PaymentStatus status={status} /> },
          { label: t('payments.amount'), cell: ({ amount }) => format.money(amount), isNumber: true },
        ]}
      />
    </section>
  );
}
