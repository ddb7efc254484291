import { ValidateBy } from 'class-validator';
import { says } from '../problems/says.js';

const FIRST_YEAR = 1;
const LAST_YEAR = 9999;

/**
 * Beside a decorator for the form: a moment that both JavaScript and PostgreSQL know. A leap second has the right form
 * and no place in a `Date`; years of five digits have none in what PostgreSQL reads.
 */
export function IsMoment(): PropertyDecorator {
  return ValidateBy(
    { name: 'isMoment', validator: { validate: isMoment } },
    says(
      `must be a moment in the years ${FIRST_YEAR} to ${LAST_YEAR}`,
      `必须是公元 ${FIRST_YEAR} 至 ${LAST_YEAR} 年间的时间`,
    ),
  );
}

function isMoment(value: unknown): boolean {
  const year = new Date(String(value)).getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}
