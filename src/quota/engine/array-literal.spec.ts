import fc from 'fast-check';
import { plainArray, textArray } from './array-literal.js';

describe('array literals', () => {
  it('tell null from the word, and quote what PostgreSQL would read otherwise', () => {
    expect(plainArray([1, null, true, 'a-b'])).toBe('{1,NULL,true,a-b}');
    expect(textArray([null, 'NULL', '', 'a,b', '{}', 'say "x"', 'back\\slash'])).toBe(
      '{NULL,"NULL","","a,b","{}","say \\"x\\"","back\\\\slash"}',
    );
  });

  it('can be read back, whatever the text', () => {
    const read = (literal: string): string[] =>
      [...literal.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, body]) =>
        body!.replace(/\\(.)/gs, '$1'),
      );
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        expect(read(textArray(texts))).toEqual(texts);
      }),
    );
  });
});
