import type { DataSource } from 'typeorm';
import type { PaymentProvider } from '../../src/providers/payment-provider.js';

const CALLS = ['createPayment', 'queryPayment', 'closePayment', 'refund', 'queryRefund'] as const;

/** Where the app can be killed: around each commit and each call of a channel. */
export const CRASH_POINTS: readonly string[] = ['commit', ...CALLS].flatMap((step) => [
  `before ${step}`,
  `after ${step}`,
]);

/** Kills its own process, as `kill -9` would, at the point that was armed. The product knows nothing of it. */
export class CrashPoints {
  private armed: { point: string; skip: number } | null = null;

  /** @param skip how often the point is passed unharmed first */
  arm(point: string, skip: number): void {
    this.armed = { point, skip };
  }

  disarm(): void {
    this.armed = null;
  }

  /** Puts the points around the commits of every transaction on this DataSource. */
  watch(dataSource: DataSource): void {
    const create = dataSource.createQueryRunner.bind(dataSource);
    dataSource.createQueryRunner = (mode) => {
      const runner = create(mode);
      const commit = runner.commitTransaction.bind(runner);
      runner.commitTransaction = () => this.around('commit', commit);
      return runner;
    };
  }

  /** The provider with the points around its calls. */
  wrap(provider: PaymentProvider): PaymentProvider {
    return new Proxy(provider, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as (...args: unknown[]) => Promise<unknown>;
        if (!(CALLS as readonly unknown[]).includes(name)) return method;
        return (...args: unknown[]) => this.around(String(name), () => method(...args));
      },
    });
  }

  /** Puts the points `before <step>` and `after <step>` around a piece of work. */
  async around<T>(step: string, work: () => Promise<T>): Promise<T> {
    this.reach(`before ${step}`);
    const result = await work();
    this.reach(`after ${step}`);
    return result;
  }

  private reach(point: string): void {
    if (this.armed?.point !== point) return;
    if (this.armed.skip > 0) this.armed.skip -= 1;
    else process.kill(process.pid, 'SIGKILL');
  }
}
