import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import icon from '../icon.svg';
import { LanguageSwitch } from '../kit/language-switch.js';
import { Page } from '../kit/page.js';

/** The page of who isn't signed in: one card. */
export function Gate({ title, children }: { title: string; children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="gate">
      <header className="topbar">
        <span className="brand">
          <img src={icon} alt="" width="28" height="28" />
          {t('brand')}
        </span>
        <LanguageSwitch />
      </header>
      <main>
        <div className="card">
          <Page title={title}>{children}</Page>
        </div>
      </main>
    </div>
  );
}
