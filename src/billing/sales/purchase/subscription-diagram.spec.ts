import { readFileSync } from 'node:fs';
import {
  subscriptionTransitions,
  type SubscriptionStatus,
} from '../../ledger/records/subscription-status.js';

const STATUSES: readonly SubscriptionStatus[] = [
  'pending',
  'active',
  'abandoned',
  'replaced',
  'refunded',
  'expired',
  'canceled',
];

describe('the picture in docs/guide/subscriptions.md', () => {
  it('shows exactly the moves that the table allows', () => {
    const page = readFileSync('docs/guide/subscriptions.md', 'utf8');
    const drawn = [...page.matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map(([, from, to]) => `${from} ${to}`);
    const allowed = STATUSES.flatMap((from) =>
      STATUSES.filter((to) => subscriptionTransitions.allows(from, to)).map((to) => `${from} ${to}`),
    );
    expect(drawn.sort()).toEqual(allowed.sort());
  });
});
