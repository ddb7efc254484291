import { transitionTable } from './transition-table.js';

/**
 * - `pending`: waits for the buyer's signature
 * - `active`: signed: renewals are charged on it
 * - `ended`: by the buyer, by us or by its time; it can't come back
 */
export const AGREEMENT_STATUSES = ['pending', 'active', 'ended'] as const;
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];

export const agreementTransitions = transitionTable<AgreementStatus>('agreement', {
  pending: ['active', 'ended'],
  active: ['ended'],
  ended: [],
});
