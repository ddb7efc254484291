import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '@idoctor/commercial-client';
import { client } from '../../kit/client.js';
import { ConfirmDialog } from '../../kit/confirm-dialog.js';
import { Field, Select } from '../../kit/field.js';
import { Answered, Page } from '../../kit/page.js';
import { Invitations, Members, type Role } from '../members.js';

type Organization = ItemOf<'GET /organizations'>;

const KEY = ['organizations'];

export function OrganizationPage(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = useSearch({ from: '/signed-in/organization' });
  const [isCreating, setCreating] = useState(false);
  const query = useQuery({
    queryKey: KEY,
    queryFn: async () => (await client.request('GET /organizations', { query: { limit: 100 } })).items,
  });
  const show = (next: string) => void navigate({ to: '/organization', search: { id: next } });
  return (
    <Page title={t('organization.title')}>
      <p className="soft">{t('organization.intro')}</p>
      <Answered query={query}>
        {(all) => {
          const mine = all.filter(({ kind }) => kind === 'organization');
          const shown = mine.find((one) => one.id === id) ?? mine[0];
          return (
            <>
              <div className="row end">
                {mine.length > 1 && shown ? (
                  <Select
                    label={t('organization.which')}
                    value={shown.id}
                    onChange={show}
                    options={mine.map((one) => ({ value: one.id, label: one.name }))}
                  />
                ) : null}
                <button
                  type="button"
                  className="button"
                  data-testid="create-organization"
                  onClick={() => setCreating(true)}
                >
                  {t('organization.create')}
                </button>
              </div>
              {shown ? <One key={shown.id} organization={shown} /> : <p>{t('organization.none')}</p>}
            </>
          );
        }}
      </Answered>
      {isCreating ? <Create onMade={show} onClose={() => setCreating(false)} /> : null}
    </Page>
  );
}

function Create({ onMade, onClose }: { onMade: (id: string) => void; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  return (
    <ConfirmDialog
      title={t('organization.create')}
      isReady={name.trim() !== ''}
      act={() => client.request('POST /organizations', { body: { name: name.trim() } })}
      onDone={async ({ id }) => {
        await queries.invalidateQueries({ queryKey: KEY });
        onClose();
        onMade(id);
      }}
      onClose={onClose}
    >
      <Field
        label={t('organization.name')}
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </ConfirmDialog>
  );
}

function One({ organization }: { organization: Organization }): ReactElement {
  const { t } = useTranslation();
  const [isInviting, setInviting] = useState(false);
  const { id, name, role } = organization;
  const manages = role !== 'member';
  return (
    <>
      <section className="card" aria-labelledby="members">
        <div className="row spread">
          <h2 id="members">
            {name} <span className="badge">{t(`organization.roles.${role}`)}</span>
          </h2>
          {manages ? (
            <button
              type="button"
              className="button primary"
              data-testid="invite"
              onClick={() => setInviting(true)}
            >
              {t('organization.invite')}
            </button>
          ) : null}
        </div>
        <Members organizationId={id} ownRole={role} />
      </section>
      {manages ? <Invitations organizationId={id} /> : null}
      {isInviting ? <Invite organizationId={id} ownRole={role} onClose={() => setInviting(false)} /> : null}
    </>
  );
}

function Invite(props: { organizationId: string; ownRole: Role; onClose: () => void }): ReactElement {
  const { organizationId, ownRole, onClose } = props;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('member');
  const roles: Role[] = ownRole === 'owner' ? ['member', 'admin', 'owner'] : ['member', 'admin'];
  return (
    <ConfirmDialog
      title={t('organization.invite')}
      confirmLabel={t('organization.send')}
      isReady={email.trim() !== ''}
      act={() =>
        client.request('POST /organizations/{id}/invitations', {
          path: { id: organizationId },
          body: { email: email.trim(), role },
        })
      }
      onDone={() => {
        void queries.invalidateQueries({ queryKey: ['invitations', organizationId] });
        onClose();
      }}
      onClose={onClose}
    >
      <div className="form">
        <p>{t('organization.inviteText')}</p>
        <Field
          label={t('signIn.email')}
          testId="invite-email"
          type="email"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Select
          label={t('organization.role')}
          value={role}
          onChange={(next) => setRole(next as Role)}
          options={roles.map((value) => ({ value, label: t(`organization.roles.${value}`) }))}
        />
      </div>
    </ConfirmDialog>
  );
}
