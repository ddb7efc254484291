import { QueryFailedError } from 'typeorm';
import { isDatabaseUnavailable } from './unavailable.js';

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
