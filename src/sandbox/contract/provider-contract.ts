import { notificationCases } from './notification-cases.js';
import { paymentCases } from './payment-cases.js';
import type { ContractCase, ProviderWorld } from './provider-world.js';
import { refundCases } from './refund-cases.js';

/** Every promise that billing relies on, whatever the channel. Independent of any test runner. */
export const paymentProviderContract: readonly ContractCase[] = [
  ...paymentCases,
  ...refundCases,
  ...notificationCases,
];

interface Runner {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => Promise<void>): void;
}

/**
 * Declares the contract as tests, one for each case, each in a world of its own.
 *
 * @param runner the runner's own functions: Jest's, Vitest's or node:test's
 */
export function describePaymentProvider(
  name: string,
  open: () => Promise<ProviderWorld>,
  runner: Runner,
): void {
  runner.describe(`the payment provider contract: ${name}`, () => {
    for (const { name: promise, run } of paymentProviderContract) {
      runner.it(promise, async () => {
        const world = await open();
        try {
          await run(world);
        } finally {
          await world.close();
        }
      });
    }
  });
}
