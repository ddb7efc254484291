import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Gate } from './gate.js';

export function NotFound(): ReactElement {
  const { t } = useTranslation();
  return (
    <Gate title={t('notFound.title')}>
      <p>{t('notFound.text')}</p>
      <Link to="/" className="button primary">
        {t('notFound.home')}
      </Link>
    </Gate>
  );
}
