import { Injectable, Logger } from '@nestjs/common';

/** Does whatever is due by the business clock. @returns how many things it did. */
export type RunDue = () => Promise<number>;

/** One piece of work can make another due, such as an order that closes and the event that tells of it. */
const MAX_ROUNDS = 10;

/**
 * What falls due by the passing of business time. Jobs bring it about minute by minute; whoever moves the clock runs
 * all of it at once.
 */
@Injectable()
export class DueWork {
  private readonly logger = new Logger(DueWork.name);
  private readonly works = new Map<string, RunDue>();

  /** Call it while the modules are initialised; work runs in the order of its registration. */
  register(name: string, runDue: RunDue): void {
    if (this.works.has(name)) throw new Error(`the due work ${name} is registered already`);
    this.works.set(name, runDue);
  }

  /** Runs everything until nothing more is due; work that fails is logged, and the rest goes on. */
  async runAll(): Promise<Record<string, number>> {
    const ran: Record<string, number> = {};
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      let done = 0;
      for (const [name, runDue] of this.works) {
        const count = await this.attempt(name, runDue);
        ran[name] = (ran[name] ?? 0) + count;
        done += count;
      }
      if (done === 0) break;
    }
    return ran;
  }

  private async attempt(name: string, runDue: RunDue): Promise<number> {
    try {
      return await runDue();
    } catch (error) {
      this.logger.error(error, `due work ${name}`);
      return 0;
    }
  }
}
