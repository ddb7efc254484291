/** What a person reads, in each language that answers are given in. */
export interface Sentence {
  en: string;
  'zh-CN': string;
}

export type Language = keyof Sentence;

/** Somebody else's words, or a value: the same in each language. */
export function verbatim(text: string): Sentence {
  return { en: text, 'zh-CN': text };
}

export function joined(sentences: readonly Sentence[]): Sentence {
  return {
    en: sentences.map(({ en }) => en).join('; '),
    'zh-CN': sentences.map((sentence) => sentence['zh-CN']).join('；'),
  };
}

/** The same with a subject before it: `cost`, and "must be a whole number". */
export function about(subject: string, { en, 'zh-CN': chinese }: Sentence): Sentence {
  return { en: `${subject} ${en}`, 'zh-CN': `${subject} ${chinese}` };
}
