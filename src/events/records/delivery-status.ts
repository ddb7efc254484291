/**
 * - `pending`: to be tried, or tried again
 * - `delivered`: the destination has taken it
 * - `skipped`: there is nobody to tell, such as an account without an owner who may be written to
 * - `dead`: tried as often as the schedule says, and given up until somebody replays it
 */
export const DELIVERY_STATUSES = ['pending', 'delivered', 'skipped', 'dead'] as const;

export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];
