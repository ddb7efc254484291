import { validateSync } from 'class-validator';
import { IsText } from './is-text.js';

class Note {
  @IsText({ min: 2, max: 4 })
  text: unknown;
}

function isTaken(text: unknown): boolean {
  return validateSync(Object.assign(new Note(), { text })).length === 0;
}

describe('IsText', () => {
  it.each(['ab', 'abcd', '中文', '😀😀😀😀', 'é ~'])('takes %j', (text) => {
    expect(isTaken(text)).toBe(true);
  });

  it.each([
    'a',
    'abcde',
    '😀',
    '😀😀😀😀😀',
    'a'.repeat(100_000),
    'a\u0000b',
    'a\nb',
    'a\u0085b',
    'ab\ud83d',
    undefined,
    null,
    12,
    ['ab'],
    { length: 3 },
  ])('refuses %j', (text) => {
    expect(isTaken(text)).toBe(false);
  });
});
