import { isTaxNumber } from './tax-number.js';

describe('a tax number', () => {
  // Codes of listed companies, from the public register: their check characters are not of our making.
  it.each(['914403001922038216', '91330100799655058B', '9144030071526726XG'])('is %s', (code) => {
    expect(isTaxNumber(code)).toBe(true);
  });

  it.each([
    ['another check character', '91440300708461136U'],
    ['a digit changed', '91440300708461137T'],
    ['two digits exchanged', '91440300780461136T'],
    ['a letter that the alphabet lacks', '9144030070846113OT'],
    ['15 digits, as before 2018', '440300708461136'],
    ['lower case', '91440300708461136t'],
    ['nothing', ''],
  ])('is not one with %s', (_, code) => {
    expect(isTaxNumber(code)).toBe(false);
  });

  it('fails for every change of one character', () => {
    const code = '91440300708461136T';
    for (let place = 0; place < code.length; place += 1) {
      for (const character of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
        if (character === code[place]) continue;
        expect(isTaxNumber(code.slice(0, place) + character + code.slice(place + 1))).toBe(false);
      }
    }
  });
});
