import { Gauge, type Registry } from 'prom-client';

/** How long a scrape waits for a value that has to be looked up. */
const PATIENCE_MS = 2_000;

type Ask = () => number | Promise<number>;

/**
 * A gauge that is asked for its value at each scrape. Several parts of a process may have one (two applications beside
 * each other); the greatest is shown where they look at the same thing, the sum where each has its own. A value that
 * can't be had is left out, so that the other metrics still arrive.
 */
export class AskedGauge {
  private readonly sources = new Set<{ label: string; ask: Ask }>();
  private readonly gauge: Gauge;

  constructor(options: {
    name: string;
    help: string;
    register: Registry;
    /** The one label that tells sources apart; its values are few and fixed. */
    labelName?: string;
    combine: 'sum' | 'max';
  }) {
    const { name, help, register, labelName, combine } = options;
    this.gauge = new Gauge({
      name,
      help,
      labelNames: labelName === undefined ? [] : [labelName],
      registers: [register],
      collect: async () => {
        const values = await this.values(combine);
        this.gauge.reset();
        // A reset gauge without labels shows a 0 that nobody measured.
        this.gauge.remove({});
        for (const [label, value] of values) {
          if (value !== null) this.gauge.set(labelName === undefined ? {} : { [labelName]: label }, value);
        }
      },
    });
  }

  /** @param label the value of the label that this source answers for. @returns how to stop asking it. */
  from(ask: Ask, label = ''): () => void {
    const source = { label, ask };
    this.sources.add(source);
    return () => void this.sources.delete(source);
  }

  private async values(combine: 'sum' | 'max'): Promise<Map<string, number | null>> {
    const asked = [...this.sources].map(async ({ label, ask }) => [label, await inTime(ask)] as const);
    const values = new Map<string, number | null>();
    for (const [label, value] of await Promise.all(asked)) {
      const before = values.get(label);
      if (before === undefined) values.set(label, value);
      else if (before === null || value === null) values.set(label, null);
      else values.set(label, combine === 'sum' ? before + value : Math.max(before, value));
    }
    return values;
  }
}

/** Asks at once: what is read without waiting is as it was before the scrape's own queries. */
async function inTime(ask: Ask): Promise<number | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, null)));
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
