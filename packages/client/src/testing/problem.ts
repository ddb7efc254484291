import { PROBLEMS } from '../generated/problems.js';

type Words = Readonly<Record<'en' | 'zh-CN', string>>;

/** What may not be there. */
const THINGS = {
  customer: { en: 'customer', 'zh-CN': '客户' },
  feature: { en: 'feature', 'zh-CN': '功能' },
  hold: { en: 'hold', 'zh-CN': '配额预留' },
  payment: { en: 'payment', 'zh-CN': '支付单' },
  usage: { en: 'usage', 'zh-CN': '用量记录' },
} as const;

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

  static missing(what: keyof typeof THINGS): FakeProblem {
    return new FakeProblem('NOT_FOUND', { what: THINGS[what] });
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  /** @param acceptLanguage Chinese where it doesn't begin with English, as the service does */
  body(acceptLanguage: string | null): Record<string, unknown> {
    const language = acceptLanguage?.startsWith('en') ? 'en' : 'zh-CN';
    const { status, title, detail } = PROBLEMS[this.code];
    const filled = detail[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = this.params[name] ?? whole;
      return typeof value === 'object' ? (value as Words)[language] : String(value);
    });
    const { code } = this;
    return { type: 'about:blank', title: title[language], status, detail: filled, code, ...this.extensions };
  }
}
