import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import icon from '../icon.svg';
import { portalMode, signOut } from '../kit/client.js';
import { LanguageSwitch } from '../kit/language-switch.js';

/** What all pages behind the sign-in have around them. */
export function Shell(): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => setOpen(false), [path]);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="topbar">
        <Link to="/" className="brand">
          <img src={icon} alt="" width="28" height="28" />
          {t('brand')}
        </Link>
        <LanguageSwitch />
        <button
          type="button"
          className="button menu-button"
          aria-expanded={isOpen}
          aria-controls="nav"
          onClick={() => setOpen(!isOpen)}
        >
          {t('menu')}
        </button>
      </header>
      <div className="shell-body">
        <Navigation isOpen={isOpen} />
        <main id="main" className="main" tabIndex={-1}>
          <Outlet />
          <p className="foot">{t('timeZone')}</p>
        </main>
      </div>
    </div>
  );
}

function Navigation({ isOpen }: { isOpen: boolean }): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mode = portalMode();
  const places = mode ? PLACES.filter(({ needsPassword }) => !needsPassword) : PLACES;
  const leave = async () => {
    await signOut().catch(() => undefined);
    queries.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <nav id="nav" className={isOpen ? 'nav open' : 'nav'} aria-label={t('nav.main')}>
      <ul>
        {places.map(({ to, label }) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: to === '/' }} activeProps={{ 'aria-current': 'page' }}>
              {t(label)}
            </Link>
          </li>
        ))}
        {mode?.returnUrl ? (
          <li>
            <a href={mode.returnUrl} data-testid="return">
              {t('link.back', { host: new URL(mode.returnUrl).host })}
            </a>
          </li>
        ) : null}
        <li>
          <button type="button" className="button wide" onClick={() => void leave()}>
            {t('nav.signOut')}
          </button>
        </li>
      </ul>
    </nav>
  );
}

/** What needs a password isn't shown to who came by a portal link. */
const PLACES = [
  { to: '/', label: 'nav.overview', needsPassword: false },
  { to: '/plans', label: 'nav.plans', needsPassword: false },
  { to: '/subscription', label: 'nav.subscription', needsPassword: false },
  { to: '/top-ups', label: 'nav.topups', needsPassword: false },
  { to: '/usage', label: 'nav.usage', needsPassword: false },
  { to: '/payments', label: 'nav.payments', needsPassword: false },
  { to: '/invoices', label: 'nav.invoices', needsPassword: false },
  { to: '/api-keys', label: 'nav.apiKeys', needsPassword: true },
  { to: '/organization', label: 'nav.organization', needsPassword: true },
  { to: '/security', label: 'nav.security', needsPassword: true },
  { to: '/privacy', label: 'nav.privacy', needsPassword: true },
] as const;
