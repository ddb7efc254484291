import { transitionTable } from '../../ledger/records/transition-table.js';

/**
 * - `requested`: an administrator issues it or turns it down
 * - `issued`: it has its number
 * - `red_letter_due`: money went back since, so it has to be cancelled by a red-letter one
 * - `red_issued`: that has its number too; the customer may ask again for what is left
 */
export const FAPIAO_STATUSES = [
  'requested',
  'issued',
  'rejected',
  'withdrawn',
  'red_letter_due',
  'red_issued',
] as const;
export type FapiaoStatus = (typeof FAPIAO_STATUSES)[number];

export const fapiaoTransitions = transitionTable<FapiaoStatus>('fapiao', {
  requested: ['issued', 'rejected', 'withdrawn'],
  issued: ['red_letter_due'],
  red_letter_due: ['red_issued'],
  rejected: [],
  withdrawn: [],
  red_issued: [],
});
