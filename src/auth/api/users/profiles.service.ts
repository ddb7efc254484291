import { Injectable } from '@nestjs/common';
import { Customers } from '../../credentials/customers/customers.service.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import type { ProfileDto, UpdateProfileDto } from './user.dto.js';
import { userView } from './user.dto.js';
import { Users } from './users.service.js';

/** What callers see and change of themselves: a user of this package's own, or one of the host's sign-in. */
@Injectable()
export class Profiles {
  constructor(
    private readonly users: Users,
    private readonly customers: Customers,
  ) {}

  /** @throws Problem UNAUTHENTICATED where the caller isn't there any more */
  async of(caller: AuthenticatedUser): Promise<ProfileDto> {
    if (caller.via !== 'host') return userView(await this.users.get(caller.id));
    return { ...(await this.customers.profile(caller.id)), role: caller.role };
  }

  /** The host's next word on the name counts again: it is the host's user. */
  async update(caller: AuthenticatedUser, changes: UpdateProfileDto): Promise<ProfileDto> {
    if (caller.via !== 'host') return userView(await this.users.updateProfile(caller.id, changes));
    await this.customers.changeProfile(caller.id, changes);
    return this.of(caller);
  }
}
