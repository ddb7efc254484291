import { randomUUID } from 'node:crypto';
import { Body, Controller, Injectable, Post } from '@nestjs/common';

export interface User {
  id: number;
  email: string;
  name: string;
}

/** The host's own users and sessions; in a real host they are in its database. */
@Injectable()
export class Users {
  private readonly users = new Map<string, User>();
  private readonly sessions = new Map<string, User>();

  signIn(email: string, name: string): string {
    const user = this.users.get(email) ?? { id: this.users.size + 1, email, name };
    this.users.set(email, user);
    const session = randomUUID();
    this.sessions.set(session, user);
    return session;
  }

  bySession(session: string | undefined): User | null {
    return this.sessions.get(session ?? '') ?? null;
  }
}

@Controller('sign-in')
export class SignInController {
  constructor(private readonly users: Users) {}

  @Post()
  signIn(@Body() { email, name }: { email: string; name: string }): { session: string } {
    return { session: this.users.signIn(email, name) };
  }
}
