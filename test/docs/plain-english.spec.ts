import { readFileSync } from 'node:fs';
import { CATALOGUE } from '../../src/problems/catalogue.js';
import { CONSTRAINT_TEXTS } from '../../src/problems/constraint-texts.js';

/**
 * Words that a reader with English as a third language stumbles over, or that mean two things, with what to write
 * instead. The list is short on purpose: a word stands here after it was written too often.
 */
const WORDS: Readonly<Record<string, string>> = {
  anew: 'again',
  'at once': 'immediately, or at the same time',
  'by itself': 'automatically',
  'came of it': 'the result',
  'comes again': 'is repeated',
  'for good': 'permanently',
  'is had': 'an active verb',
  'is owed': 'is due, or must be paid',
  lest: 'so that … not',
  'nobody’s': 'no user’s',
  'shut out': 'deactivate, or refuse',
  'so do': 'the noun and its verb',
  'takes its place': 'replaces it',
  whichever: 'any',
  whoever: 'the caller, or the noun that is meant',
  whom: 'a sentence that starts with the noun',
  whose: 'a sentence that starts with the noun',
};

/** For whoever looks at it first. Other documents follow. */
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'test/README.md'];

interface Text {
  place: string;
  text: string;
}

function proseOf(path: string): Text[] {
  const text = readFileSync(path, 'utf8')
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .replaceAll(/`[^`\n]*`|“[^”]*”/g, '');
  return text
    .split('\n')
    .map((line, index) => ({ place: `${path}, line ${index + 1} of the prose`, text: line }));
}

/** Summaries, descriptions and every other text that a person reads. */
function textsIn(value: unknown, place: string): Text[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && ['summary', 'description', 'en'].includes(key)
      ? [{ place: `${place}/${key}`, text: inner }]
      : textsIn(inner, `${place}/${key}`),
  );
}

function faultsOf({ place, text }: Text): string[] {
  const plain = text.replaceAll("'", '’');
  return Object.entries(WORDS)
    .filter(([word]) => new RegExp(`\\b${word}\\b`, 'i').test(plain))
    .map(([word, better]) => `${place}: “${word}”; write ${better}: ${text.slice(0, 100)}`);
}

describe('Plain English', () => {
  it('is written in the API document', () => {
    const texts = textsIn(JSON.parse(readFileSync('openapi.json', 'utf8')), 'openapi.json');
    expect(texts.length).toBeGreaterThan(500);
    expect(texts.flatMap(faultsOf)).toEqual([]);
  });

  it('is written in the texts of problems and of faulty fields', () => {
    const texts = [...textsIn(CATALOGUE, 'catalogue'), ...textsIn(CONSTRAINT_TEXTS, 'constraints')];
    expect(texts.length).toBeGreaterThan(50);
    expect(texts.flatMap(faultsOf)).toEqual([]);
  });

  it.each(DOCUMENTS)('is written in %s', (path) => {
    expect(proseOf(path).flatMap(faultsOf)).toEqual([]);
  });
});
