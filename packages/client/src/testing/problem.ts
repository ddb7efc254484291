import { PROBLEMS as CATALOGUE } from '../generated/problems.js';

/** REMOVE with routes/pending.ts: agreed on, and not in the catalogue yet. */
const PENDING = {
  CUSTOMER_REQUIRED: { status: 400, title: 'Customer required', detail: 'Name the customer in X-Customer-Id.' },
  USAGE_NOT_RELEASABLE: { status: 409, title: 'Usage not releasable', detail: 'The usage is {status}.' },
} as const;

const PROBLEMS = { ...PENDING, ...CATALOGUE };

/** What the fake answers where the service would refuse. */
export class FakeProblem extends Error {
  override readonly name = 'FakeProblem';

  constructor(
    readonly code: keyof typeof PROBLEMS,
    private readonly params: Record<string, unknown> = {},
    private readonly extensions: Record<string, unknown> = {},
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(code);
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  body(): Record<string, unknown> {
    const { status, title, detail } = PROBLEMS[this.code];
    const filled = detail.replace(/\{(\w+)\}/g, (whole, name: string) => String(this.params[name] ?? whole));
    return { type: 'about:blank', title, status, detail: filled, code: this.code, ...this.extensions };
  }
}
