import { readBillRows, type BillForm } from './bill-rows.js';

/** Counts the characters that it is asked to tell apart. */
function counting(): { form: BillForm<'a' | 'b'>; characters: () => number } {
  let read = 0;
  const form: BillForm<'a' | 'b'> = {
    titles: { a: 'A', b: 'B' },
    titlesIn: (line) => line.split(','),
    valuesIn: (text) => {
      read += text.length;
      return text.split(',');
    },
    lineOf: () => null,
  };
  return { form, characters: () => read };
}

async function* bill(lines: number): AsyncGenerator<string> {
  yield 'A,B';
  for (let line = 0; line < lines; line += 1) yield 'x';
}

it('reads a row of very many lines in a time that grows with its length', async () => {
  const { form, characters } = counting();
  const rows: unknown[] = [];
  for await (const row of readBillRows(bill(1_000), form)) rows.push(row);
  expect(rows).not.toEqual([]);
  expect(characters()).toBeLessThan(1_000 * 200);
});
