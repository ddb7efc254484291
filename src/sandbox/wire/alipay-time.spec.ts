import { beijingTime, parseBeijingTime, timeoutEnd } from './alipay-time.js';

const at = new Date('2026-03-01T18:30:05.120Z');

it('writes Beijing’s time wherever it runs', () => {
  expect(beijingTime(at)).toBe('2026-03-02 02:30:05');
  expect(beijingTime(at, 'yyyyMMdd')).toBe('20260302');
});

it('reads it back, and nothing of another form', () => {
  expect(parseBeijingTime('2026-03-02 02:30:05')?.toISOString()).toBe('2026-03-01T18:30:05.000Z');
  for (const text of ['2026-02-30 00:00:00', '2026-3-2 02:30:05', '2026-03-02T02:30:05', '']) {
    expect(parseBeijingTime(text)).toBeNull();
  }
});

it.each([
  ['90m', '2026-03-01T20:00:05.120Z'],
  ['2h', '2026-03-01T20:30:05.120Z'],
  ['15d', '2026-03-16T18:30:05.120Z'],
  ['1c', '2026-03-02T15:59:59.999Z'],
])('counts a timeout of %s', (text, end) => {
  expect(timeoutEnd(text, at)?.toISOString()).toBe(end);
});

it.each(['0m', '1', '1.5h', 'm', '2c', '-1d'])('refuses a timeout of %s', (text) => {
  expect(timeoutEnd(text, at)).toBeNull();
});
