import { failureKind } from './database-failure.js';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('failureKind', () => {
  it.each([
    ['40001', 'transient'],
    ['40P01', 'transient'],
    ['55P03', 'transient'],
    ['22P05', 'member'],
    ['23505', 'member'],
    ['23514', 'member'],
    ['57P01', 'lost'],
    ['08006', 'lost'],
    ['ECONNRESET', 'lost'],
    ['EPIPE', 'lost'],
    ['25006', 'lost'],
    ['ECONNREFUSED', 'unreached'],
    ['57P03', 'unreached'],
    ['53300', 'unreached'],
    ['42P01', 'fault'],
    ['57014', 'fault'],
  ])('%s is %s', (code, kind) => {
    expect(failureKind(withCode(code))).toBe(kind);
    expect(failureKind({ driverError: withCode(code) })).toBe(kind);
  });

  it('knows pg’s own words', () => {
    expect(failureKind(new Error('Connection terminated unexpectedly'))).toBe('lost');
    expect(failureKind(new Error('timeout exceeded when trying to connect'))).toBe('unreached');
    expect(failureKind(new TypeError('undefined is not a function'))).toBe('fault');
    expect(failureKind(undefined)).toBe('fault');
  });
});
