import { Module } from '@nestjs/common';
import { CommercialModule, SystemClock } from '@idoctor/commercial';
import { ALIPAY_GATEWAY_PATH, createSandboxCredentials, SandboxModule } from '@idoctor/commercial-sandbox';
import { dataSource } from './data-source.js';
import { PLANS } from './plans.js';
import { ProcessController } from './process.controller.js';
import { SignInController, Users, type User } from './users.js';

const port = process.env['PORT'] ?? '3000';
const address = `http://127.0.0.1:${port}`;
/** In development the sandbox is the channel. With keys of your own at Alipay it goes. */
const { merchant, gateway } = createSandboxCredentials();

interface SignedRequest {
  headers: { 'x-session'?: string };
  user?: User;
}

@Module({ providers: [Users], controllers: [SignInController], exports: [Users] })
class UsersModule {}

@Module({
  imports: [
    UsersModule,
    CommercialModule.forRootAsync({
      imports: [UsersModule],
      inject: [Users],
      routes: { prefix: 'billing' },
      useFactory: (users: Users) => ({
        dataSource,
        // Who is calling, by the host's own session.
        identify: ({ headers }: SignedRequest) => {
          const user = users.bySession(headers['x-session']);
          return user && { externalId: String(user.id), email: user.email, displayName: user.name };
        },
        administrator: { externalId: '1' },
        plans: PLANS,
        // Signs what this package makes by itself, such as the tokens of a console.
        jwt: { secret: process.env['JWT_SECRET'] ?? 'for development only, of 32 bytes or more' },
        publicUrl: address,
        payments: { alipay: { ...merchant.alipay, gateway: address + ALIPAY_GATEWAY_PATH } },
        jobs: true,
      }),
    }),
    SandboxModule.forRoot({
      publicUrl: () => address,
      credentials: gateway,
      journalPath: null,
      clock: new SystemClock(),
    }),
  ],
  controllers: [ProcessController],
})
export class AppModule {}
