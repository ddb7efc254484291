import type { AccountClient } from '../account-client.js';

/** Something that is loaded, as a page shows it. */
export interface Loaded<Value> {
  /** The newest that is known; undefined before the first answer. */
  value: Value | undefined;
  error: unknown;
  isLoading: boolean;
}

interface Entry {
  state: Loaded<unknown>;
  load: () => Promise<unknown>;
  listeners: Set<() => void>;
  /** Of several loads the last one counts. */
  round: number;
}

const UNTOUCHED: Loaded<never> = { value: undefined, error: null, isLoading: true };

/** What the hooks of one provider share: two that show the same ask for it once. */
export class CommercialStore {
  private readonly entries = new Map<string, Entry>();

  constructor(readonly client: AccountClient) {}

  /** Calls the listener with each change, and loads what nobody has asked for yet. @returns how to stop */
  subscribe<Value>(key: string, load: () => Promise<Value>, listener: () => void): () => void {
    let entry = this.entries.get(key);
    if (!entry) {
      entry = { state: UNTOUCHED, load, listeners: new Set(), round: 0 };
      this.entries.set(key, entry);
    }
    entry.listeners.add(listener);
    if (entry.round === 0) void this.run(entry);
    const { listeners } = entry;
    return () => void listeners.delete(listener);
  }

  read<Value>(key: string): Loaded<Value> {
    return (this.entries.get(key)?.state ?? UNTOUCHED) as Loaded<Value>;
  }

  /** Loads again what is shown, and forgets the rest. @param keys default: everything */
  async refresh(...keys: string[]): Promise<void> {
    const chosen = [...this.entries].filter(([key]) => keys.length === 0 || keys.includes(key));
    for (const [key, entry] of chosen) if (entry.listeners.size === 0) this.entries.delete(key);
    await Promise.all(chosen.map(([, entry]) => entry.listeners.size > 0 && this.run(entry)));
  }

  private async run(entry: Entry): Promise<void> {
    entry.round += 1;
    const { round } = entry;
    this.change(entry, { ...entry.state, isLoading: true });
    try {
      const value = await entry.load();
      if (round === entry.round) this.change(entry, { value, error: null, isLoading: false });
    } catch (error) {
      if (round === entry.round) this.change(entry, { ...entry.state, error, isLoading: false });
    }
  }

  private change(entry: Entry, state: Loaded<unknown>): void {
    entry.state = state;
    for (const listener of entry.listeners) listener();
  }
}
