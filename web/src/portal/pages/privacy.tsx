import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../kit/client.js';
import { ConfirmDialog } from '../../kit/confirm-dialog.js';
import { ErrorNotice, faultOf } from '../../kit/error-notice.js';
import { Field } from '../../kit/field.js';
import { dayKey } from '../../kit/format.js';
import { Page } from '../../kit/page.js';
import { save } from '../usage-csv.js';

export function Privacy(): ReactElement {
  const { t } = useTranslation();
  const [isErasing, setErasing] = useState(false);
  const download = useMutation({
    mutationFn: () => client.request('GET /users/me/export'),
    onSuccess: (data) =>
      save(
        new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }),
        `personal-data-${dayKey(new Date())}.json`,
      ),
  });
  return (
    <Page title={t('privacy.title')}>
      <section className="card narrow" aria-labelledby="own-data">
        <h2 id="own-data">{t('privacy.export')}</h2>
        <p>{t('privacy.exportText')}</p>
        {download.error ? <ErrorNotice error={download.error} /> : null}
        <div>
          <button
            type="button"
            className="button primary"
            data-testid="export"
            disabled={download.isPending}
            onClick={() => download.mutate()}
          >
            {download.isPending ? t('loading') : t('privacy.download')}
          </button>
        </div>
      </section>
      <section className="card narrow" aria-labelledby="erasure">
        <h2 id="erasure">{t('privacy.erase')}</h2>
        <p>{t('privacy.eraseText')}</p>
        <div>
          <button
            type="button"
            className="button danger"
            data-testid="erase"
            onClick={() => setErasing(true)}
          >
            {t('privacy.erase')}
          </button>
        </div>
      </section>
      {isErasing ? <Erase onClose={() => setErasing(false)} /> : null}
    </Page>
  );
}

/** Takes the password: a browser that was left open erases nobody. */
function Erase({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const erase = async () => {
    setError(null);
    try {
      await client.request('DELETE /users/me', { body: { password } });
    } catch (fault) {
      setError(fault);
      throw fault;
    }
  };
  return (
    <ConfirmDialog
      title={t('privacy.erase')}
      tone="danger"
      confirmLabel={t('privacy.erase')}
      isReady={password !== ''}
      act={erase}
      onDone={() => {
        client.forget();
        queries.clear();
        void navigate({ to: '/sign-in', search: { erased: true } });
      }}
      onClose={onClose}
    >
      <p>{t('privacy.eraseConfirm')}</p>
      <Field
        label={t('signIn.password')}
        testId="password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        fault={faultOf(error, 'password')}
      />
    </ConfirmDialog>
  );
}
