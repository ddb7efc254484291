import fc from 'fast-check';
import { excessOf, MAX_LEVELS, MAX_MEMBERS, type Excess } from '../problems/input-bounds.js';
import { excessOfForm, excessOfJson } from './body-bounds.js';

const inBytes = (json: string) => excessOfJson(Buffer.from(json));
const list = (length: number, element = '1') => `[${Array(length).fill(element).join(',')}]`;
const object = (length: number) => JSON.stringify(Object.fromEntries(Array(length).fill(0).entries()));
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('the bounds of a body', () => {
  it.each<[string, string, Excess | null]>([
    ['as many elements as may be', list(MAX_MEMBERS), null],
    ['an element more', list(MAX_MEMBERS + 1), 'members'],
    ['as many members as may be', object(MAX_MEMBERS), null],
    ['a member more', object(MAX_MEMBERS + 1), 'members'],
    ['as many at two depths', `{"a":${list(MAX_MEMBERS - 1)}}`, null],
    ['one more at two depths', `{"a":${list(MAX_MEMBERS)}}`, 'members'],
    ['many empty containers', list(MAX_MEMBERS, '{ }'), null],
    ['many small containers', list(MAX_MEMBERS / 2 + 1, '{"a":1}'), 'members'],
    ['signs of JSON within a string', JSON.stringify({ a: ',{['.repeat(MAX_MEMBERS) }), null],
    ['quotes within a string', JSON.stringify({ a: `",\\`.repeat(MAX_MEMBERS) }), null],
    ['as many levels as may be', nested(MAX_LEVELS), null],
    ['a level more', nested(MAX_LEVELS + 1), 'levels'],
    ['many levels', nested(100_000), 'levels'],
    ['no container', '"text"', null],
  ])('are the same in its bytes and in what was parsed: %s', (_, json, excess) => {
    expect(inBytes(json)).toBe(excess);
    expect(excessOf(JSON.parse(json))).toBe(excess);
  });

  it('count the members of any JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (json) => {
        let visits = 0;
        JSON.parse(json, (_, value) => (visits += 1) && value);
        // In a list that fills what is left, and in one that is an element longer.
        const within = `[${json}${',1'.repeat(MAX_MEMBERS - visits)}]`;
        const beyond = `[1,${within.slice(1)}`;
        expect([inBytes(within), excessOf(JSON.parse(within))]).toEqual([null, null]);
        expect([inBytes(beyond), excessOf(JSON.parse(beyond))]).toEqual(['members', 'members']);
      }),
    );
  });

  it('are looked for in bytes that are no JSON too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4000 }), (bytes) => {
        excessOfJson(Buffer.from(bytes));
      }),
    );
    expect(inBytes('{"a')).toBeNull();
    expect(inBytes('"\\')).toBeNull();
    expect(inBytes(']]]}}},,')).toBeNull();
    expect(inBytes('')).toBeNull();
  });

  it('hold for a form', () => {
    expect(excessOfForm(Buffer.from('a=1&'.repeat(MAX_MEMBERS - 1)))).toBeNull();
    expect(excessOfForm(Buffer.from('a=1&'.repeat(MAX_MEMBERS)))).toBe('members');
    expect(excessOfForm(Buffer.alloc(0))).toBeNull();
  });

  it('pass bytes and text for what they are', () => {
    expect(excessOf(Buffer.alloc(MAX_MEMBERS + 1))).toBeNull();
    expect(excessOf('x'.repeat(MAX_MEMBERS + 1))).toBeNull();
    expect(excessOf(null)).toBeNull();
    expect(excessOf(undefined)).toBeNull();
  });
});
