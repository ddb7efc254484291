import { parse } from 'csv-parse/sync';
import { csvFile, csvLine } from './csv.js';

describe('CSV', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '＝1',
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x")',
  ])('makes no formula of %j', (text) => {
    const [[read]] = parse(csvLine([text]), { relax_column_count: true }) as [[string]];
    expect(read).toBe(`'${text}`);
  });

  it.each(['李伟', 'a,b', 'a"b', 'line\r\nline', "O'Hara", '1-1', ''])('keeps %j as it is', (text) => {
    const line = csvLine([text, 'end']);
    expect(parse(line, { record_delimiter: '\r\n' })).toEqual([[text, 'end']]);
  });

  it('writes numbers and times plainly, and nothing for what isn’t there', () => {
    expect(csvLine([-1, new Date('2026-11-24T08:00:00Z'), null])).toBe('-1,2026-11-24T08:00:00.000Z,\r\n');
  });

  it('is a file in UTF-8 that spreadsheets know for one', async () => {
    async function* rows() {
      yield ['李伟'];
    }
    const file = csvFile('users.csv', ['name'], rows());
    expect(file.getHeaders()).toMatchObject({
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="users.csv"',
    });
    const chunks: string[] = [];
    for await (const chunk of file.getStream()) chunks.push(String(chunk));
    expect(chunks.join('')).toBe('\uFEFF"name"\r\n"李伟"\r\n');
  });
});
