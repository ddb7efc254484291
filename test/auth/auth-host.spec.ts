import type { AddressInfo } from 'node:net';
import {
  Controller,
  Get,
  Injectable,
  Module,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { Access } from '../../src/auth/access/access.decorator.js';
import { AccessGuard } from '../../src/auth/access/access.guard.js';
import { AuthModule } from '../../src/auth/auth.module.js';
import type { AuthenticatedUser } from '../../src/auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../src/auth/identity/caller/current-user.decorator.js';
import { register, startAuthApp, type AuthApp } from '../support/auth-app.js';

const HOST_DATA_SOURCE = { name: 'the host’s own' };

/** A host's guard that leaves a user of its own on the request, as hosts do. */
@Injectable()
class HostGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    context.switchToHttp().getRequest<{ user: unknown }>().user = { id: 'the host’s', role: 'admin' };
    return true;
  }
}

@Controller('host')
class HostController {
  @Get('whoami')
  @Access('user', { scope: 'profile:read' })
  whoAmI(@CurrentUser() user: AuthenticatedUser): AuthenticatedUser {
    return user;
  }

  @Get('behind-own-guard')
  @Access('user', { scope: 'profile:read' })
  @UseGuards(HostGuard)
  behindOwnGuard(@CurrentUser() user: AuthenticatedUser): AuthenticatedUser {
    return user;
  }

  @Get('between-guards')
  @UseGuards(HostGuard, AccessGuard)
  @Access('user', { scope: 'profile:read' })
  betweenGuards(@CurrentUser() user: AuthenticatedUser): AuthenticatedUser {
    return user;
  }
}

describe('in a host on Express', () => {
  let app: AuthApp;
  const others: INestApplication[] = [];

  beforeAll(async () => {
    app = await startAuthApp({
      adapter: new ExpressAdapter(),
      controllers: [HostController],
    });
  });
  afterAll(async () => {
    await Promise.all(others.map((other) => other.close()));
    await app.close();
  });

  it('signs in, answers with problems and takes trailing slashes', async () => {
    const { accessToken, user } = await register(app, 'anna');
    expect((await app.call('GET', '/users/me/', { token: accessToken })).body).toEqual(user);
    const refused = await app.call('GET', '/users/me');
    expect(refused).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
  });

  it('limits logins by the socket, whatever a client claims to forward', async () => {
    const answers = [];
    for (let guess = 0; guess < 12; guess += 1) {
      answers.push(
        await app.call('POST', '/auth/login', {
          body: { email: 'nobody@example.com', password: 'wrong' },
          headers: { 'x-forwarded-for': `192.0.2.${guess}` },
        }),
      );
    }
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(401), 429, 429]);
  });

  it('never mixes up callers who come at once', async () => {
    const people = await Promise.all(['bert', 'carl', 'dora', 'emil'].map((name) => register(app, name)));
    const keys = await Promise.all(
      people.map(({ accessToken: token }) => app.call('POST', '/api-keys', { token, body: { name: 'x' } })),
    );
    const calls = Array.from({ length: 80 }, (_, index) => index % people.length);
    const answers = await Promise.all(
      calls.map((who, index) => {
        const credentials = index % 3 ? { apiKey: keys[who]?.body.key } : { token: people[who]?.accessToken };
        return app.call('GET', '/host/whoami', credentials);
      }),
    );
    expect(answers.map(({ body }) => body.id)).toEqual(calls.map((who) => people[who]?.user.id));
  });

  it('does not take a user that the host put on the request for one it established', async () => {
    const { accessToken: token, user } = await register(app, 'fred');
    expect((await app.call('GET', '/host/behind-own-guard')).status).toBe(401);
    expect((await app.call('GET', '/host/behind-own-guard', { token })).body.id).toBe(user.id);
    expect((await app.call('GET', '/host/between-guards', { token })).body.id).toBe(user.id);
    expect((await app.call('GET', '/host/whoami', { token })).body).toMatchObject({
      id: user.id,
      accountRole: null,
      via: 'token',
    });
  });

  it('leaves another application in the process its own tokens', async () => {
    const first = await register(app, 'hans');
    const second = await startAuthApp({ secret: 'another-secret-that-is-just-as-long-as-it' });
    try {
      const other = await register(second, 'hans');
      expect((await app.call('GET', '/users/me', { token: first.accessToken })).status).toBe(200);
      expect((await app.call('GET', '/users/me', { token: other.accessToken })).status).toBe(401);
      expect((await second.call('GET', '/users/me', { token: other.accessToken })).status).toBe(200);
      expect((await second.call('GET', '/users/me', { token: first.accessToken })).status).toBe(401);
    } finally {
      await second.close();
    }
  });

  it('mounts no routes where the host wants none, and guards all the same', async () => {
    @Module({
      imports: [
        AuthModule.forRootAsync({
          isGlobal: true,
          routes: false,
          useFactory: () => ({
            dataSource: app.dataSource,
            clock: app.clock,
            jwt: { secret: 'a-key-of-this-spec-with-32-bytes-or-more' },
          }),
        }),
      ],
      providers: [{ provide: DataSource, useValue: HOST_DATA_SOURCE }],
      controllers: [HostController],
    })
    class HostModule {}
    const host = await NestFactory.create(HostModule, new ExpressAdapter(), { logger: false });
    others.push(host);
    await host.listen(0, '127.0.0.1');
    const { port } = host.getHttpServer().address() as AddressInfo;
    const status = async (path: string, headers: Record<string, string> = {}) =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).status;
    expect(await status('/users/me')).toBe(404);
    expect(await status('/host/whoami')).toBe(401);
    const { accessToken: token } = await register(app, 'ida');
    const key = await app.call('POST', '/api-keys', { token, body: { name: 'x' } });
    expect(await status('/host/whoami', { 'x-api-key': key.body.key })).toBe(200);
    // Issuer and audience are the other application's.
    expect(await status('/host/whoami', { authorization: `Bearer ${token}` })).toBe(401);
    expect(host.get(DataSource)).toBe(HOST_DATA_SOURCE);
  });

  it('refuses a secret of less than 32 bytes', async () => {
    const jwt = { secret: 'x'.repeat(31) };
    @Module({ imports: [AuthModule.forRoot({ dataSource: app.dataSource, jwt })] })
    class HostModule {}
    const start = NestFactory.createApplicationContext(HostModule, { logger: false, abortOnError: false });
    await expect(start).rejects.toThrow(/jwt\.secret must have at least 32 bytes/);
  });
});
