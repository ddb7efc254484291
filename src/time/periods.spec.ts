import fc from 'fast-check';
import { addMonths, monthAt } from './periods.js';

const utc = (text: string) => new Date(`${text}T10:20:30.400Z`);

describe('anchored months', () => {
  it('keep the anchor’s day where the month has it and fall back to the last day where not', () => {
    expect(addMonths(utc('2027-01-31'), 1)).toEqual(utc('2027-02-28'));
    expect(addMonths(utc('2028-01-31'), 1)).toEqual(utc('2028-02-29'));
    expect(addMonths(utc('2027-01-31'), 2)).toEqual(utc('2027-03-31'));
  });

  it('contain the moment, and follow each other without gap or overlap', () => {
    const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const [anchor, now] = a < b ? [a, b] : [b, a];
        const { start, end } = monthAt(anchor, now);
        expect(start <= now && now < end).toBe(true);
        expect(monthAt(anchor, end).start).toEqual(end);
      }),
    );
  });

  it('begin exactly at the anchor, and the next exactly at the end', () => {
    const anchor = utc('2027-01-31');
    expect(monthAt(anchor, anchor)).toEqual({ start: anchor, end: utc('2027-02-28') });
    expect(monthAt(anchor, utc('2027-02-28'))).toEqual({ start: utc('2027-02-28'), end: utc('2027-03-31') });
  });

  it('refuse a moment before the anchor', () => {
    expect(() => monthAt(utc('2027-01-31'), utc('2027-01-30'))).toThrow(RangeError);
  });
});
