import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { openLink } from '../../kit/client.js';
import { ErrorNotice } from '../../kit/error-notice.js';
import { Loading } from '../../kit/page.js';
import { Gate } from '../gate.js';

type Place = { to: string; search?: Record<string, string> };

/** Where a host's button leads. */
const PLACES: Record<string, Place> = {
  overview: { to: '/' },
  plans: { to: '/plans' },
  subscription: { to: '/subscription' },
  renew: { to: '/subscription', search: { open: 'renew' } },
  cancel: { to: '/subscription', search: { open: 'cancel' } },
  usage: { to: '/usage' },
  topups: { to: '/top-ups' },
  payments: { to: '/payments' },
  invoices: { to: '/invoices' },
};

/** Opens a host's link. The token is behind the `#`: in no server's log, and used by no program that only looks. */
export function OpenLink(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>(null);
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token'));
  // React calls effects twice while it is developed with, and the link serves once.
  const isAsked = useRef(false);
  useEffect(() => {
    if (!token || isAsked.current) return;
    isAsked.current = true;
    openLink(token).then(
      ({ flow }) => void navigate({ ...(PLACES[flow] ?? PLACES['overview']!), replace: true }),
      setError,
    );
  }, [token, navigate]);
  return (
    <Gate title={t('link.title')}>
      {error ? <ErrorNotice error={error} /> : token ? <Loading /> : null}
      {!token ? <div className="notice warn">{t('link.missing')}</div> : null}
      {error || !token ? <p className="soft">{t('link.again')}</p> : null}
    </Gate>
  );
}
