import { CommercialError } from '@idoctor/commercial-client';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** What went wrong and what to do, in the service's own words where it answered. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }): ReactElement {
  const { t } = useTranslation();
  const known = error instanceof CommercialError ? error : null;
  const isAnswer = known !== null && known.problem !== null;
  const text = isAnswer ? known.detail : known ? t('error.offline') : t('error.unknown');
  const wait = known?.retryAfterSeconds;
  return (
    <div className="notice bad stack tight" role="alert">
      <strong>{isAnswer ? known.title : t('error.title')}</strong>
      <span>{text}</span>
      {wait ? <span>{t('error.wait', { count: Math.ceil(wait) })}</span> : null}
      {known?.requestId ? <span className="small">{t('requestId', { id: known.requestId })}</span> : null}
      {onRetry && (
        <div>
          <button type="button" className="button" onClick={onRetry}>
            {t('retry')}
          </button>
        </div>
      )}
    </div>
  );
}

/** The message for one field of a form, where the service named it. */
export function faultOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof CommercialError)) return undefined;
  const errors = error.problem?.['errors'];
  if (!Array.isArray(errors)) return undefined;
  return (errors as { field: string; message: string }[]).find((entry) => entry.field === field)?.message;
}
