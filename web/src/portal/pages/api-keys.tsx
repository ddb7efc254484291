import { useQueryClient } from '@tanstack/react-query';
import type { ApiKey, CreatedApiKey } from '@idoctor/commercial-client';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../kit/client.js';
import { ConfirmDialog, ShowDialog } from '../../kit/confirm-dialog.js';
import { DataTable, useList } from '../../kit/data-table.js';
import { Field, Select } from '../../kit/field.js';
import { useFormat } from '../../kit/format.js';
import { Page } from '../../kit/page.js';

const KEY = ['api-keys'];
const DAY_MS = 86_400_000;

type Open =
  { kind: 'create' } | { kind: 'made'; key: CreatedApiKey } | { kind: 'revoke'; key: ApiKey } | null;

export function ApiKeys(): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open>(null);
  const query = useList(KEY, () => client.user.apiKeys({ limit: 20 }));
  const close = () => setOpen(null);
  const renew = () => void queries.invalidateQueries({ queryKey: KEY });
  return (
    <Page title={t('apiKeys.title')}>
      <p className="soft">{t('apiKeys.intro')}</p>
      <div>
        <button
          type="button"
          className="button primary"
          data-testid="create-key"
          onClick={() => setOpen({ kind: 'create' })}
        >
          {t('apiKeys.create')}
        </button>
      </div>
      <section className="card">
        <DataTable<ApiKey>
          caption={t('apiKeys.title')}
          query={query}
          keyOf={({ id }) => id}
          empty={t('apiKeys.empty')}
          rowTestId="key-row"
          columns={[
            { label: t('apiKeys.name'), cell: ({ name }) => <strong>{name}</strong> },
            { label: t('apiKeys.prefix'), cell: ({ prefix }) => <code>{prefix}…</code> },
            {
              label: t('apiKeys.lastUsed'),
              cell: ({ lastUsedAt }) => (lastUsedAt ? format.moment(lastUsedAt) : t('apiKeys.neverUsed')),
            },
            {
              label: t('apiKeys.ends'),
              cell: ({ expiresAt }) => (expiresAt ? format.day(expiresAt) : t('apiKeys.never')),
            },
            {
              label: t('apiKeys.used'),
              cell: ({ quotaUsed, quotaCap }) =>
                quotaCap === null ? '—' : `${format.number(quotaUsed ?? 0)} / ${format.number(quotaCap)}`,
              isNumber: true,
            },
            {
              label: t('apiKeys.actions'),
              cell: (key) => (
                <button
                  type="button"
                  className="button danger"
                  data-testid="revoke"
                  onClick={() => setOpen({ kind: 'revoke', key })}
                >
                  {t('apiKeys.revoke')}
                  <span className="visually-hidden"> {key.name}</span>
                </button>
              ),
            },
          ]}
        />
      </section>
      {open?.kind === 'create' ? (
        <Create
          onClose={close}
          onDone={(key) => {
            renew();
            setOpen({ kind: 'made', key });
          }}
        />
      ) : null}
      {open?.kind === 'made' ? <Made apiKey={open.key} onClose={close} /> : null}
      {open?.kind === 'revoke' ? (
        <ConfirmDialog
          title={t('apiKeys.revoke')}
          tone="danger"
          confirmLabel={t('apiKeys.revoke')}
          act={() => client.user.deleteApiKey(open.key.id)}
          onDone={() => {
            renew();
            close();
          }}
          onClose={close}
        >
          <p>{t('apiKeys.revokeText', { name: open.key.name })}</p>
        </ConfirmDialog>
      ) : null}
    </Page>
  );
}

function Create({
  onDone,
  onClose,
}: {
  onDone: (key: CreatedApiKey) => void;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [cap, setCap] = useState('');
  const [days, setDays] = useState('365');
  const create = () =>
    client.user.createApiKey({
      name: name.trim(),
      expiresAt: days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
      ...(cap === '' ? {} : { quotaCap: Number(cap) }),
    });
  return (
    <ConfirmDialog
      title={t('apiKeys.create')}
      confirmLabel={t('apiKeys.create')}
      isReady={name.trim() !== ''}
      act={create}
      onDone={onDone}
      onClose={onClose}
    >
      <div className="form">
        <Field
          label={t('apiKeys.name')}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          label={t('apiKeys.expires')}
          value={days}
          onChange={setDays}
          options={[
            { value: '90', label: t('apiKeys.expiry.d90') },
            { value: '365', label: t('apiKeys.expiry.d365') },
            { value: '', label: t('apiKeys.expiry.never') },
          ]}
        />
        <Field
          label={t('apiKeys.cap')}
          type="number"
          min={1}
          inputMode="numeric"
          value={cap}
          onChange={(event) => setCap(event.target.value)}
        />
      </div>
    </ConfirmDialog>
  );
}

function Made({ apiKey, onClose }: { apiKey: CreatedApiKey; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard?.writeText(apiKey.key).then(() => setCopied(true));
  return (
    <ShowDialog title={t('apiKeys.secret')} closeLabel={t('apiKeys.done')} onClose={onClose}>
      <p className="notice warn">{t('apiKeys.secretText')}</p>
      <code className="secret" data-testid="key-secret">
        {apiKey.key}
      </code>
      <div>
        <button type="button" className="button" onClick={copy}>
          {isCopied ? t('copied') : t('copy')}
        </button>
      </div>
    </ShowDialog>
  );
}
