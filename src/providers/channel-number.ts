import { z } from 'zod';

/**
 * A number that a channel gives or repeats: of an order, a trade, a refund, a notification. Printable ASCII, no spaces;
 * the longest that they have are of 64 characters, and what is much longer fits no index of a database.
 */
export const channelNumber = z.string().regex(/^[\x21-\x7e]{1,256}$/);
