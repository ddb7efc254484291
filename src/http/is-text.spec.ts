import { validateSync } from 'class-validator';
import { IsText } from './is-text.js';

class Note {
  @IsText({ min: 2, max: 4 })
  text: unknown;
}

function faultsOf(text: unknown): string[] {
  const note = Object.assign(new Note(), { text });
  return validateSync(note).flatMap((error) => Object.values(error.constraints ?? {}));
}

describe('IsText', () => {
  it.each(['ab', 'abcd', '中文', '😀😀😀😀', 'é ~'])('takes %j', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it.each([
    ['a', 'text must have 2 to 4 characters'],
    ['abcde', 'text must have 2 to 4 characters'],
    ['😀', 'text must have 2 to 4 characters'],
    ['😀😀😀😀😀', 'text must have 2 to 4 characters'],
    ['a'.repeat(100_000), 'text must have 2 to 4 characters'],
    ['a\u0000b', 'text must not contain control characters or half characters'],
    ['a\nb', 'text must not contain control characters or half characters'],
    ['a\u0085b', 'text must not contain control characters or half characters'],
    ['ab\ud83d', 'text must not contain control characters or half characters'],
    [undefined, 'text must be a string'],
    [null, 'text must be a string'],
    [12, 'text must be a string'],
    [['ab'], 'text must be a string'],
    [{ length: 3 }, 'text must be a string'],
  ])('refuses %j', (text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });
});
