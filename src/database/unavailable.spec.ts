import { QueryFailedError } from 'typeorm';
import { isDatabaseUnavailable, isGivenUp } from './unavailable.js';

function coded(code: string, message = ''): Error {
  return Object.assign(new Error(message), { code });
}

describe('isDatabaseUnavailable', () => {
  it.each([
    ['the server was told to end', coded('57P01')],
    ['the server starts', coded('57P03')],
    ['no connection is left', coded('53300')],
    ['a standby doesn’t write', coded('25006')],
    ['a connection exception', coded('08006')],
    ['nobody listens', coded('ECONNREFUSED')],
    ['nobody listens on either address', new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')])],
    ['the same inside a query', new QueryFailedError('SELECT 1', [], coded('ECONNRESET'))],
    ['a connection that ended', new Error('Connection terminated unexpectedly')],
    ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
    ['a silent network', new Error('Query read timeout')],
  ])('knows: %s', (_, error) => {
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  it.each([
    ['a constraint', coded('23505')],
    ['a cancelled statement', coded('57014')],
    ['a fault of our own', new TypeError('Connection is not a function')],
    ['what isn’t an error', 'ECONNREFUSED'],
  ])('leaves alone: %s', (_, error) => {
    expect(isDatabaseUnavailable(error)).toBe(false);
  });
});

describe('isGivenUp', () => {
  it.each([
    ['a statement that took too long', coded('57014')],
    ['a lock that nobody gave up', coded('55P03')],
    ['a deadlock again and again', new QueryFailedError('SELECT 1', [], coded('40P01'))],
    ['a lost race again and again', coded('40001')],
  ])('knows: %s', (_, error) => {
    expect(isGivenUp(error)).toBe(true);
    expect(isDatabaseUnavailable(error)).toBe(false);
  });

  it.each([
    ['a constraint', coded('23505')],
    ['a lost connection', coded('57P01')],
    ['nothing', undefined],
  ])('leaves alone: %s', (_, error) => {
    expect(isGivenUp(error)).toBe(false);
  });
});
