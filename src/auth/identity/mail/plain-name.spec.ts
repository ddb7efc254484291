import { isPlainName } from './plain-name.js';

describe('a name in a mail', () => {
  it.each([
    '第一人民医院',
    'St. Mary',
    'Radiology (Ward 3)',
    "Children's Hospital",
    'Hôpital Necker–Enfants',
    'मुंबई अस्पताल',
  ])('is judged by its signs: %s', (name) => expect(isPlainName(name)).toBe(!name.includes('.')));

  it.each([
    'evil.com',
    'evil。com',
    'evil．com',
    'evil｡com',
    'https://evil',
    'evil／login',
    'call@evil',
    'evil: log in',
    '加微信 138 0013 8000',
    '加QQ12345',
    'hospital\u202E',
    'hos\u200Bpital',
    'a\nb',
    'x'.repeat(51),
    '',
  ])('is left out: %j', (name) => expect(isPlainName(name)).toBe(false));
});
