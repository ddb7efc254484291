import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { Payment } from '@idoctor/commercial-client';
import { lazy, Suspense, useEffect, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../kit/client.js';
import { ErrorNotice } from '../../kit/error-notice.js';
import { Segments } from '../../kit/field.js';
import { useFormat } from '../../kit/format.js';
import { Answered, Loading, Page } from '../../kit/page.js';
import { useChannelName, usePurpose } from '../names.js';
import { isPhone, orderAgain, type Provider } from '../ordering.js';
import { OPEN_ORDER } from '../router.js';

const QrCode = lazy(async () => ({ default: (await import('../../kit/qr-code.js')).QrCode }));

const POLL_MS = 2_000;

/** Beyond this the business time is another than this machine's: the sandbox's clock was moved. */
const DAY_MS = 86_400_000;

export function Checkout(): ReactElement {
  const { t } = useTranslation();
  const { orderId } = useParams({ from: '/signed-in/checkout/$orderId' });
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ['payment', orderId],
    queryFn: () => client.payments.get(orderId),
    // What is pending is asked for until it isn't; a lost network is only a pause.
    refetchInterval: ({ state }) => (!state.data || state.data.status === 'pending' ? POLL_MS : false),
    staleTime: 0,
  });
  const status = query.data?.status;
  useEffect(() => sessionStorage.setItem(OPEN_ORDER, orderId), [orderId]);
  useEffect(() => {
    if (status && status !== 'pending') {
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'payment' });
    }
  }, [status, queries]);
  return (
    <Page title={t('checkout.title')}>
      {query.data && query.error ? <div className="notice warn">{t('checkout.lost')}</div> : null}
      <Answered query={query.data ? { ...query, error: null } : query}>
        {(payment) => {
          if (payment.status === 'pending')
            return <Pending payment={payment} onCheck={() => query.refetch()} />;
          return payment.status === 'closed' || payment.status === 'failed' ? (
            <Closed />
          ) : (
            <Paid payment={payment} />
          );
        }}
      </Answered>
    </Page>
  );
}

function Pending({ payment, onCheck }: { payment: Payment; onCheck: () => Promise<unknown> }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const channel = useChannelName();
  const purpose = usePurpose();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [wasChecked, setChecked] = useState(false);
  const { orderId, provider, amount, qrCode, paymentUrl } = payment;
  const open = (next: string) =>
    navigate({ to: '/checkout/$orderId', params: { orderId: next }, replace: true });
  const change = useMutation({
    mutationFn: ({ to, method }: { to: Provider; method?: string }) =>
      orderAgain(payment, to, `${orderId}-${to}-${method ?? 'default'}`, method),
    onSuccess: (next) => (next ? open(next.orderId) : navigate({ to: '/' })),
  });
  const close = useMutation({
    mutationFn: () => client.payments.close(orderId),
    onSettled: () => queries.invalidateQueries({ queryKey: ['payment', orderId] }),
  });
  const check = useMutation({ mutationFn: onCheck, onSuccess: () => setChecked(true) });
  const isBusy = change.isPending || close.isPending;
  return (
    <section className="card narrow">
      <dl className="facts">
        <dt>{t('payments.what')}</dt>
        <dd>{purpose(payment)}</dd>
        <dt>{t('checkout.amount')}</dt>
        <dd className="figure">{format.money(amount)}</dd>
        <dt>{t('checkout.order')}</dt>
        <dd className="tabular small">{orderId}</dd>
      </dl>
      {payment.purpose === 'topup' ? null : (
        <Segments
          legend={t('checkout.choose')}
          value={provider}
          onChange={(to) => !isBusy && change.mutate({ to: to as Provider })}
          options={[
            { value: 'alipay', label: channel('alipay'), testId: 'channel-alipay' },
            { value: 'wechat', label: channel('wechat'), testId: 'channel-wechat' },
          ]}
        />
      )}
      {change.error ? <ErrorNotice error={change.error} /> : null}
      {change.isPending ? <Loading /> : null}
      <div className="stack center">
        {qrCode && !isPhone() ? (
          <>
            <p>{t('checkout.scan', { channel: channel(provider) })}</p>
            <div className="qr" data-testid="qr" data-content={qrCode}>
              <Suspense fallback={<Loading />}>
                <QrCode content={qrCode} label={t('checkout.scan', { channel: channel(provider) })} />
              </Suspense>
            </div>
          </>
        ) : null}
        {paymentUrl ? (
          <a className="button primary" href={paymentUrl} data-testid="pay-link">
            {t('checkout.open', { channel: channel(provider) })}
          </a>
        ) : provider === 'alipay' && !isPhone() ? (
          <button
            type="button"
            className="link-button"
            disabled={isBusy}
            onClick={() => change.mutate({ to: 'alipay', method: 'page' })}
          >
            {t('checkout.open', { channel: channel(provider) })}
          </button>
        ) : null}
        <Countdown expiresAt={payment.expiresAt} />
        <p className="soft" role="status">
          {t('checkout.waiting')}
        </p>
        {wasChecked ? <div className="notice">{t('checkout.stillPending')}</div> : null}
        {close.error ? <ErrorNotice error={close.error} /> : null}
      </div>
      <div className="row spread">
        <button type="button" className="button" disabled={isBusy} onClick={() => close.mutate()}>
          {t('checkout.cancelOrder')}
        </button>
        <button type="button" className="button" disabled={check.isPending} onClick={() => check.mutate()}>
          {t('checkout.check')}
        </button>
      </div>
    </section>
  );
}

function Countdown({ expiresAt }: { expiresAt: string }): ReactElement | null {
  const { t } = useTranslation();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, Date.parse(expiresAt) - now);
  if (left > DAY_MS) return null;
  const seconds = Math.floor(left / 1_000);
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <p className="tabular" data-testid="countdown">
      {t('checkout.countdown', { time })}
    </p>
  );
}

function Paid({ payment }: { payment: Payment }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const purpose = usePurpose();
  const { orderId, amount } = payment;
  return (
    <section className="card center narrow" data-testid="paid">
      <h2>{t('checkout.paid')}</h2>
      <p className="figure">{format.money(amount)}</p>
      <p role="status">{t('checkout.paidText', { what: purpose(payment) })}</p>
      <div className="row">
        <Link to="/" className="button primary">
          {t('checkout.toOverview')}
        </Link>
        <Link to="/payments/$orderId" params={{ orderId }} className="button">
          {t('checkout.receipt')}
        </Link>
      </div>
    </section>
  );
}

function Closed(): ReactElement {
  const { t } = useTranslation();
  return (
    <section className="card center narrow">
      <h2>{t('checkout.closed')}</h2>
      <p role="status">{t('checkout.closedText')}</p>
      <Link to="/plans" className="button primary">
        {t('checkout.again')}
      </Link>
    </section>
  );
}
