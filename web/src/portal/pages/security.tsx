import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Listing, type ItemOf, type SessionEntry } from '@idoctor/commercial-client';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../kit/client.js';
import { ConfirmDialog } from '../../kit/confirm-dialog.js';
import { DataTable, useList } from '../../kit/data-table.js';
import { ErrorNotice, faultOf } from '../../kit/error-notice.js';
import { Field } from '../../kit/field.js';
import { useFormat } from '../../kit/format.js';
import { Page } from '../../kit/page.js';

type SecurityEvent = ItemOf<'GET /users/me/security-events'>;

const SESSIONS = ['sessions'];

export function Security(): ReactElement {
  const { t } = useTranslation();
  return (
    <Page title={t('security.title')}>
      <Password />
      <Sessions />
      <Events />
    </Page>
  );
}

function Password(): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useMutation({
    mutationFn: () => client.user.changePassword({ currentPassword, newPassword }),
    onSuccess: () => {
      setCurrent('');
      setNew('');
      void queries.invalidateQueries({ queryKey: SESSIONS });
    },
  });
  return (
    <section className="card narrow" aria-labelledby="password">
      <h2 id="password">{t('security.password')}</h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!change.isPending) change.mutate();
        }}
      >
        <Field
          label={t('security.current')}
          testId="current-password"
          type="password"
          autoComplete="current-password"
          required
          value={currentPassword}
          onChange={(event) => setCurrent(event.target.value)}
          fault={faultOf(change.error, 'currentPassword')}
        />
        <Field
          label={t('reset.fresh')}
          testId="new-password"
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          hint={t('signUp.hint')}
          value={newPassword}
          onChange={(event) => setNew(event.target.value)}
          fault={faultOf(change.error, 'newPassword')}
        />
        {change.error ? <ErrorNotice error={change.error} /> : null}
        {change.isSuccess ? (
          <div className="notice good" role="status">
            {t('security.changed')}
          </div>
        ) : null}
        <div>
          <button
            type="submit"
            className="button primary"
            data-testid="change-password"
            disabled={change.isPending}
          >
            {t('security.change')}
          </button>
        </div>
      </form>
    </section>
  );
}

function Sessions(): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const query = useList(SESSIONS, () => client.user.sessions({ limit: 20 }));
  const [ending, setEnding] = useState<SessionEntry | 'others' | null>(null);
  return (
    <section className="card" aria-labelledby="sessions">
      <div className="row spread">
        <h2 id="sessions">{t('security.sessions')}</h2>
        <button type="button" className="button" data-testid="end-others" onClick={() => setEnding('others')}>
          {t('security.endOthers')}
        </button>
      </div>
      <DataTable<SessionEntry>
        caption={t('security.sessions')}
        query={query}
        keyOf={({ id }) => id}
        empty={t('none')}
        rowTestId="session-row"
        columns={[
          {
            label: t('security.device'),
            cell: ({ userAgent }) => deviceOf(userAgent) ?? t('security.unknown'),
          },
          { label: t('security.since'), cell: ({ createdAt }) => format.moment(createdAt) },
          { label: t('security.lastUsed'), cell: ({ lastUsedAt }) => format.moment(lastUsedAt) },
          {
            label: t('apiKeys.actions'),
            cell: (session) =>
              session.current ? (
                <span className="badge good">{t('security.here')}</span>
              ) : (
                <button type="button" className="button danger" onClick={() => setEnding(session)}>
                  {t('security.end')}
                </button>
              ),
          },
        ]}
      />
      {ending ? (
        <ConfirmDialog
          title={ending === 'others' ? t('security.endOthers') : t('security.end')}
          tone="danger"
          act={async () => {
            if (ending === 'others') await client.request('DELETE /sessions');
            else await client.user.endSession(ending.id);
          }}
          onDone={() => {
            void queries.invalidateQueries({ queryKey: SESSIONS });
            setEnding(null);
          }}
          onClose={() => setEnding(null)}
        >
          <p>{t('security.endText')}</p>
        </ConfirmDialog>
      ) : null}
    </section>
  );
}

/** The browser and the system, of what a browser calls itself; null where it is none. */
function deviceOf(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const browser = /(MicroMessenger|AlipayClient|Edg|Firefox|Chrome|Safari)\/?[\w.]*/.exec(userAgent)?.[1];
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent)?.[1];
  const names = [browser === 'Edg' ? 'Edge' : browser, system?.replace('Mac OS X', 'macOS')].filter(Boolean);
  return names.length > 0 ? names.join(' · ') : userAgent.slice(0, 40);
}

function Events(): ReactElement {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const query = useList<SecurityEvent>(
    ['security-events'],
    () =>
      new Listing((cursor) =>
        client.request('GET /users/me/security-events', { query: { limit: 20, ...(cursor && { cursor }) } }),
      ),
  );
  const name = (action: string) => {
    const key = `security.events.${action.replaceAll('.', '_')}`;
    return i18n.exists(key) ? t(key as 'security.title') : action;
  };
  return (
    <section className="card" aria-labelledby="events">
      <h2 id="events">{t('security.history')}</h2>
      <DataTable<SecurityEvent>
        caption={t('security.history')}
        query={query}
        keyOf={({ id }) => id}
        empty={t('none')}
        rowTestId="security-row"
        columns={[
          { label: t('payments.time'), cell: ({ createdAt }) => format.moment(createdAt) },
          { label: t('security.what'), cell: ({ action }) => name(action) },
          { label: t('security.address'), cell: ({ clientAddress }) => clientAddress ?? '—' },
        ]}
      />
    </section>
  );
}
