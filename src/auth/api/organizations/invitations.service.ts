import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { AuditTrail } from '../../../audit/audit-trail.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import type { PageQueryDto } from '../../../http/page-query.dto.js';
import { readPage, type Page } from '../../../http/page.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { User } from '../../identity/users/user.entity.js';
import type { AccountRole, AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { Sessions } from '../../credentials/sessions/sessions.service.js';
import { InvitationLimits } from '../../identity/limits/invitation-limits.js';
import { requireProvenEmail } from '../../identity/users/verified-email.js';
import { LinkLimits } from '../../identity/limits/link-limits.js';
import { MAIL_TEXTS } from '../../identity/mail/mail-texts.js';
import { Mails } from '../../identity/mail/mails.service.js';
import { CustomerLinks } from '../customers/customer-links.service.js';
import { createLinkToken, hashLinkToken } from '../../identity/links/link-token.js';
import { Invitation } from '../../credentials/memberships/invitation.entity.js';
import { Membership } from '../../credentials/memberships/membership.entity.js';
import { Memberships, outranks, requireRank } from '../../credentials/memberships/memberships.service.js';
import type { InvitationDto, InviteDto, OrganizationDto } from './organization.dto.js';

const LIFE_DAYS = 7;
const DAY_MS = 86_400_000;

/** How people come into an organization: by a link that is mailed to them. */
@Injectable()
export class Invitations {
  private readonly audit: AuditTrail;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly memberships: Memberships,
    private readonly mails: Mails,
    private readonly limits: LinkLimits,
    private readonly invitationLimits: InvitationLimits,
    private readonly sessions: Sessions,
    private readonly customers: CustomerLinks,
  ) {
    this.audit = new AuditTrail('organization', clock);
  }

  /**
   * Takes the place of an earlier one to the same address. The mail goes out in the inviter's language: nobody knows the
   * reader's.
   * @throws Problem NOT_FOUND; FORBIDDEN below the rank, and to an inviter whose own address isn't verified;
   * TOO_MANY_ATTEMPTS; ALREADY_MEMBER.
   */
  async invite(caller: AuthenticatedUser, accountId: string, invite: InviteDto): Promise<InvitationDto> {
    // Before anything is counted: a stranger uses up nobody's limits.
    const { manager } = this.dataSource;
    await this.requireRankToInvite(manager, caller, accountId, invite.role);
    requireProvenEmail(await manager.findOneByOrFail(User, { id: caller.id }));
    const { email } = invite;
    const token = createLinkToken();
    const { invitation, organization, inviter } = await this.invitationLimits.within(
      { email, accountId, inviterId: caller.id },
      () => inTransaction(this.dataSource, (tx) => this.make(tx, caller, accountId, invite, token)),
    );
    const link = this.mails.link('accept-invitation', token);
    this.mails.later(async () => ({
      to: email,
      ...MAIL_TEXTS.INVITE[inviter.locale]({ link, organization, inviter: inviter.email, days: LIFE_DAYS }),
    }));
    return invitationView(invitation);
  }

  private async make(
    manager: EntityManager,
    caller: AuthenticatedUser,
    accountId: string,
    invite: InviteDto,
    token: string,
  ): Promise<{ invitation: InvitationDto; organization: string; inviter: User }> {
    const inviter = await this.sessions.lockCaller(manager, caller);
    requireProvenEmail(inviter);
    const account = await this.memberships.lock(manager, accountId);
    await this.requireRankToInvite(manager, caller, accountId, invite.role);
    if (await isMember(manager, accountId, invite.email)) throw new Problem('ALREADY_MEMBER');
    await this.close(manager, { accountId, email: invite.email });
    const invitation = this.made(caller, accountId, invite, token);
    await manager.insert(Invitation, invitation);
    const detail = { invitationId: invitation.id, role: invite.role };
    await this.audit.note(manager, caller.id, 'organization.invited', accountId, detail);
    return { invitation, organization: account.name ?? '', inviter };
  }

  private async requireRankToInvite(
    manager: EntityManager,
    caller: AuthenticatedUser,
    accountId: string,
    role: AccountRole,
  ): Promise<void> {
    const own = await this.memberships.require(manager, caller.id, accountId, 'admin');
    requireRank(own, rankToInvite(role));
  }

  /** Those that can still be accepted, newest first. @throws Problem NOT_FOUND; FORBIDDEN. */
  async list(
    caller: AuthenticatedUser,
    accountId: string,
    query: PageQueryDto,
  ): Promise<Page<InvitationDto>> {
    await this.memberships.require(this.dataSource.manager, caller.id, accountId, 'admin');
    const builder = this.dataSource
      .createQueryBuilder(Invitation, 'invitation')
      .where('invitation.accountId = :accountId AND invitation.closedAt IS NULL', { accountId })
      .andWhere('invitation.expiresAt > :now', { now: this.clock.now() });
    return readPage(builder, query, invitationView);
  }

  /** @throws Problem NOT_FOUND; FORBIDDEN. */
  async withdraw(caller: AuthenticatedUser, accountId: string, id: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      await this.memberships.require(manager, caller.id, accountId, 'admin');
      const closed = await this.close(manager, { accountId, id });
      if (!closed) throw new Problem('NOT_FOUND', { params: { what: 'invitation' } });
      const detail = { invitationId: id };
      await this.audit.note(manager, caller.id, 'organization.invitation_withdrawn', accountId, detail);
    });
  }

  /**
   * The link works for who signs in with the address that it was sent to, so that one that leaked lets nobody else in;
   * and while its sender could still send it, so that it doesn't outlive the power that it came from.
   * It leads into an organization, or to the account of another application's customer.
   * @throws Problem INVALID_LINK; TOO_MANY_ATTEMPTS.
   */
  async accept(caller: AuthenticatedUser, token: string, address: string): Promise<OrganizationDto> {
    const joined = await this.limits.attempt(
      address,
      async () => (await this.join(caller, token)) ?? this.customers.accept(caller, token),
    );
    if (!joined) throw new Problem('INVALID_LINK');
    return joined;
  }

  private join(caller: AuthenticatedUser, token: string): Promise<OrganizationDto | null> {
    return inTransaction(this.dataSource, async (manager) => {
      const where = { tokenHash: hashLinkToken(token), closedAt: IsNull() };
      const glimpse = await manager.findOneBy(Invitation, where);
      if (!glimpse) return null;
      // Locked, so that nobody joins who is being deleted at the same time.
      const user = await this.sessions.lockCaller(manager, caller);
      const { name, createdAt } = await this.memberships.lock(manager, glimpse.accountId);
      // Read again under the lock: what was good a moment ago may be used, withdrawn or sent by nobody in power by now.
      const invitation = await manager.findOne(Invitation, { where, lock: { mode: 'pessimistic_write' } });
      const now = this.clock.now();
      if (!invitation || invitation.expiresAt <= now || user.email !== invitation.email) return null;
      const { accountId, role, invitedBy } = invitation;
      const rank = await this.memberships.actingRole(manager, invitedBy, accountId);
      if (!rank || !outranks(rank, rankToInvite(role))) return null;
      await this.close(manager, { accountId, id: invitation.id });
      const membership = { accountId, userId: user.id, role, createdAt: now };
      await manager.createQueryBuilder().insert().into(Membership).values(membership).orIgnore().execute();
      const detail = { userId: user.id, role, invitationId: invitation.id, invitedBy };
      await this.audit.note(manager, user.id, 'organization.member_added', accountId, detail);
      return { id: accountId, kind: 'organization', name: name ?? '', role, createdAt };
    });
  }

  private made(caller: AuthenticatedUser, accountId: string, { email, role }: InviteDto, token: string) {
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + LIFE_DAYS * DAY_MS);
    const tokenHash = hashLinkToken(token);
    return { id: uuid(), accountId, email, role, tokenHash, invitedBy: caller.id, createdAt, expiresAt };
  }

  private async close(
    manager: EntityManager,
    which: { accountId: string; id?: string; email?: string },
  ): Promise<boolean> {
    const open = { ...which, closedAt: IsNull() };
    return (await manager.update(Invitation, open, { closedAt: this.clock.now() })).affected !== 0;
  }
}

function invitationView({ id, email, role, expiresAt, createdAt }: InvitationDto): InvitationDto {
  return { id, email, role, expiresAt, createdAt };
}

function rankToInvite(role: AccountRole): AccountRole {
  return role === 'owner' ? 'owner' : 'admin';
}

function isMember(manager: EntityManager, accountId: string, email: string): Promise<boolean> {
  return manager.existsBy(Membership, { accountId, user: { email } });
}
