export { createFakeCommercial, FakeCommercial, type Outage } from './fake.js';
export type { FakeOptions, FakePlan } from './options.js';
export { FakeClock, type Span } from './clock.js';
export { sandbox, Sandbox, type SandboxOptions } from './sandbox.js';
export { sign as signWebhook } from '../webhooks.js';
