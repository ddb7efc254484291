import { z } from 'zod';

/** A number that a channel gives or repeats: of an order, a trade, a refund, a notification. Printable ASCII, no spaces. */
export const channelNumber = z.string().regex(/^[\x21-\x7e]+$/);
