import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const HOOKS = fileURLToPath(new URL('typescript-hooks.mjs', import.meta.url));

/** A process of a spec's or a run's own, which carries out orders (see child-orders.ts) until it is killed. */
export class Child<Order extends { do: string }> {
  /** Resolves when it has ended, however. */
  readonly ended: Promise<unknown>;

  private constructor(private readonly process: ChildProcess) {
    this.ended = once(process, 'exit');
  }

  /** Loads the program; it does nothing before {@link begin}. */
  static load<Order extends { do: string }>(program: URL, settings: object): Child<Order> {
    return new Child(
      fork(fileURLToPath(program), {
        execArgv: ['--import', HOOKS],
        env: { ...process.env, CHILD_SETTINGS: JSON.stringify(settings) },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      }),
    );
  }

  /** Resolves when it serves. @throws Error where it ends before that; what it wrote stands in the run's output */
  async begin(): Promise<this> {
    if ((await this.tell({ do: 'begin' })) === null) throw new Error('a process ended before it served');
    return this;
  }

  get isAlive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** @returns what it answers; null where it died before. */
  async tell(order: Order | { do: 'begin' }): Promise<number | null> {
    if (!this.isAlive) return null;
    const given = new AbortController();
    const answer = once(this.process, 'message', { signal: given.signal }) as Promise<[{ done: number }]>;
    this.process.send(order, () => {});
    const first = await Promise.race([answer, this.ended.then(() => null)]);
    if (first !== null) return first[0].done;
    answer.catch(() => {});
    given.abort();
    return null;
  }

  async kill(): Promise<void> {
    if (!this.isAlive) return;
    this.process.kill('SIGKILL');
    await this.ended;
  }
}
