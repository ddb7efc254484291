import fc from 'fast-check';
import { fenFromYuan, yuanFromFen } from './fen.js';

describe('fen and yuan', () => {
  it('survive the round trip for every amount', () => {
    fc.assert(fc.property(fc.nat(2_000_000_000), (fen) => fenFromYuan(yuanFromFen(fen)) === fen));
  });

  it('don’t lose a fen to binary fractions', () => {
    expect(fenFromYuan('19.99')).toBe(1999);
    expect(yuanFromFen(1999)).toBe('19.99');
    expect(yuanFromFen(5)).toBe('0.05');
  });

  it.each(['99', '99.0', '99.00'])('take %s', (yuan) => expect(fenFromYuan(yuan)).toBe(9900));

  it.each(['', '-1', '+1', '1e3', '0x10', '1.', '.5', '1.234', '01', ' 1', '1 ', 'NaN', '1,000', '１'])(
    'refuse %j',
    (yuan) => expect(() => fenFromYuan(yuan)).toThrow(RangeError),
  );

  it('refuse a fraction or a negative number of fen', () => {
    expect(() => yuanFromFen(1.5)).toThrow(RangeError);
    expect(() => yuanFromFen(-1)).toThrow(RangeError);
  });
});
