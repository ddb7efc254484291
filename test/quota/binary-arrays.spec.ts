import fc from 'fast-check';
import { Client } from 'pg';
import {
  bigintArray,
  booleanArray,
  integerArray,
  textArray,
  uuidArray,
} from '../../src/quota/engine/binary-array.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

/** What PostgreSQL reads is the only proof that it can be read. */
describe('binary arrays', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const read = async (array: Buffer, type: string): Promise<unknown[]> =>
    (await client.query(`SELECT ARRAY(SELECT m FROM unnest($1::${type}[]) m) AS members`, [array])).rows[0]
      .members;

  const same = <Member>(member: Member): Member => member;

  const reads = <Member>(
    type: string,
    member: fc.Arbitrary<Member>,
    encode: (members: Member[], pick: (member: Member) => Member) => Buffer,
  ) =>
    fc.assert(
      fc.asyncProperty(fc.array(member, { maxLength: 20 }), async (members) => {
        expect(await read(encode(members, same), type)).toEqual(members);
      }),
    );

  it('carry UUIDs', () => reads('uuid', fc.uuid(), uuidArray));

  it('carry UUIDs in capitals', async () => {
    const id = '0198ABCD-EF01-7234-8567-89ABCDEF0123';
    expect(await read(uuidArray([id], same), 'uuid')).toEqual([id.toLowerCase()]);
  });

  it('carry whole numbers and nulls', () =>
    reads('integer', fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), integerArray));

  it('carry large whole numbers', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.maxSafeInteger(), { maxLength: 20 }), async (members) => {
        expect(await read(bigintArray(members, same), 'bigint')).toEqual(members.map(String));
      }),
    ));

  it('carry flags', () => reads('boolean', fc.boolean(), booleanArray));

  it('carry any text and nulls', () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
    const awkward = fc.constantFrom('', 'NULL', 'null', '{}', 'a,b', '"', '\\', '张三_20260314');
    return reads('text', fc.option(fc.oneof(text, awkward)), textArray);
  });
});
