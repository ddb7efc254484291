export { createFakeCommercial, FakeCommercial, type FakeOptions, type FakePlan, type Outage } from './fake.js';
export { FakeClock, type Span } from './clock.js';
export { sandbox, Sandbox } from './sandbox.js';
export { sign as signWebhook } from '../webhooks.js';
