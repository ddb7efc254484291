import { useQueryClient } from '@tanstack/react-query';
import { Listing, type ItemOf } from '@idoctor/commercial-client';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../kit/client.js';
import { ConfirmDialog } from '../kit/confirm-dialog.js';
import { DataTable, useList } from '../kit/data-table.js';
import { Select } from '../kit/field.js';
import { useFormat } from '../kit/format.js';

type Member = ItemOf<'GET /organizations/{id}/members'>;
type Invitation = ItemOf<'GET /organizations/{id}/invitations'>;
export type Role = Member['role'];

type Asked = { what: 'role' | 'remove'; member: Member } | null;

export function Members(props: { organizationId: string; ownRole: Role }): ReactElement {
  const { organizationId: id, ownRole } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [asked, setAsked] = useState<Asked>(null);
  const query = useList<Member>(
    ['members', id],
    () =>
      new Listing((cursor) =>
        client.request('GET /organizations/{id}/members', {
          path: { id },
          query: { limit: 50, ...(cursor && { cursor }) },
        }),
      ),
  );
  return (
    <>
      <DataTable<Member>
        caption={t('organization.members')}
        query={query}
        keyOf={({ userId }) => userId}
        empty={t('none')}
        rowTestId="member-row"
        columns={[
          {
            label: t('organization.member'),
            cell: ({ email, displayName }) => (displayName ? `${displayName} · ${email}` : email),
          },
          { label: t('organization.role'), cell: ({ role }) => t(`organization.roles.${role}`) },
          { label: t('security.since'), cell: ({ createdAt }) => format.day(createdAt) },
          ...(ownRole === 'member'
            ? []
            : [
                {
                  label: t('apiKeys.actions'),
                  cell: (member: Member) => (
                    <span className="row">
                      <button
                        type="button"
                        className="button"
                        onClick={() => setAsked({ what: 'role', member })}
                      >
                        {t('organization.changeRole')}
                        <span className="visually-hidden"> {member.email}</span>
                      </button>
                      <button
                        type="button"
                        className="button danger"
                        data-testid="remove-member"
                        onClick={() => setAsked({ what: 'remove', member })}
                      >
                        {t('organization.remove')}
                        <span className="visually-hidden"> {member.email}</span>
                      </button>
                    </span>
                  ),
                },
              ]),
        ]}
      />
      {asked ? <Change organizationId={id} asked={asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function Change(props: {
  organizationId: string;
  asked: NonNullable<Asked>;
  onClose: () => void;
}): ReactElement {
  const { organizationId: id, asked, onClose } = props;
  const { what, member } = asked;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [role, setRole] = useState<Role>(member.role);
  const path = { id, userId: member.userId };
  const isRole = what === 'role';
  return (
    <ConfirmDialog
      title={isRole ? t('organization.changeRole') : t('organization.remove')}
      tone={isRole ? 'primary' : 'danger'}
      act={async () => {
        if (isRole)
          await client.request('PUT /organizations/{id}/members/{userId}', { path, body: { role } });
        else await client.request('DELETE /organizations/{id}/members/{userId}', { path });
      }}
      onDone={() => {
        void queries.invalidateQueries({ queryKey: ['members', id] });
        void queries.invalidateQueries({ queryKey: ['organizations'] });
        onClose();
      }}
      onClose={onClose}
    >
      {isRole ? (
        <Select
          label={`${t('organization.role')}: ${member.email}`}
          value={role}
          onChange={(next) => setRole(next as Role)}
          options={(['member', 'admin', 'owner'] as const).map((value) => ({
            value,
            label: t(`organization.roles.${value}`),
          }))}
        />
      ) : (
        <p>{t('organization.removeText', { email: member.email })}</p>
      )}
    </ConfirmDialog>
  );
}

export function Invitations({ organizationId: id }: { organizationId: string }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const [withdrawn, setWithdrawn] = useState<Invitation | null>(null);
  const query = useList<Invitation>(
    ['invitations', id],
    () =>
      new Listing((cursor) =>
        client.request('GET /organizations/{id}/invitations', {
          path: { id },
          query: { limit: 50, ...(cursor && { cursor }) },
        }),
      ),
  );
  return (
    <section className="card" aria-labelledby="invitations">
      <h2 id="invitations">{t('organization.invitations')}</h2>
      <DataTable<Invitation>
        caption={t('organization.invitations')}
        query={query}
        keyOf={({ id: key }) => key}
        empty={t('organization.noInvitations')}
        rowTestId="invitation-row"
        columns={[
          { label: t('signIn.email'), cell: ({ email }) => email },
          { label: t('organization.role'), cell: ({ role }) => t(`organization.roles.${role}`) },
          { label: t('apiKeys.ends'), cell: ({ expiresAt }) => format.day(expiresAt) },
          {
            label: t('apiKeys.actions'),
            cell: (invitation) => (
              <button type="button" className="button danger" onClick={() => setWithdrawn(invitation)}>
                {t('organization.withdraw')}
                <span className="visually-hidden"> {invitation.email}</span>
              </button>
            ),
          },
        ]}
      />
      {withdrawn ? (
        <ConfirmDialog
          title={t('organization.withdraw')}
          tone="danger"
          act={async () => {
            const path = { id, invitationId: withdrawn.id };
            await client.request('DELETE /organizations/{id}/invitations/{invitationId}', { path });
          }}
          onDone={() => {
            void queries.invalidateQueries({ queryKey: ['invitations', id] });
            setWithdrawn(null);
          }}
          onClose={() => setWithdrawn(null)}
        >
          <p>{t('organization.withdrawText', { email: withdrawn.email })}</p>
        </ConfirmDialog>
      ) : null}
    </section>
  );
}
