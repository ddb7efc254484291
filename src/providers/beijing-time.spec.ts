import { beijingDateTime, beijingRfc3339, parseBeijingDateTime, parseRfc3339 } from './beijing-time.js';

const at = new Date('2026-02-28T16:30:05.999Z');

it("writes Beijing's time whatever the zone of the process", () => {
  expect(beijingDateTime(at)).toBe('2026-03-01 00:30:05');
  expect(beijingRfc3339(at)).toBe('2026-03-01T00:30:05+08:00');
});

it.each([
  ['2026-03-01 00:30:05', '2026-02-28T16:30:05.000Z'],
  ['2026-03-01 00:30:05.320', '2026-02-28T16:30:05.320Z'],
])('reads %s', (text, expected) => {
  expect(parseBeijingDateTime(text)?.toISOString()).toBe(expected);
});

it.each(['', '2026-03-01', '2026-02-30 00:00:00', 'now'])('does not read %j', (text) => {
  expect(parseBeijingDateTime(text)).toBeNull();
});

it.each([
  ['2026-03-01T00:30:05+08:00', '2026-02-28T16:30:05.000Z'],
  ['2026-02-28T16:30:05Z', '2026-02-28T16:30:05.000Z'],
])('reads RFC 3339 %s', (text, expected) => {
  expect(parseRfc3339(text)?.toISOString()).toBe(expected);
});

it.each(['', '2026-03-01T00:30:05', '2026-13-01T00:30:05Z'])('does not read %j as RFC 3339', (text) => {
  expect(parseRfc3339(text)).toBeNull();
});
