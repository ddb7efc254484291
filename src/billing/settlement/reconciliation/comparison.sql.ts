/**
 * The comparison, as sets: neither the bill nor our records pass through this process. Parameters of all:
 * the run, the provider, the day's first moment, the next day's, now. Of refunds besides: whether the bill names them on
 * the day on which they were asked for, and the day.
 *
 * A line of the bill has one counterpart at most: copies of a line are numbered, and only the first is matched.
 */

const COLUMNS = `(id, reconciliation_id, kind, entry, order_id, refund_no, trade_no, channel_fen, our_fen,
  resolution, detail, created_at)`;

const NO_SUCH_ORDER = `'no order of this number was made here'`;

/** Rows that can't be told apart are for a person. Parameters: the run, what is said of each, now. */
export const TELL_UNREADABLE = `
INSERT INTO commercial.reconciliation_differences (id, reconciliation_id, kind, resolution, detail, created_at)
SELECT gen_random_uuid(), $1, 'unreadable', 'open', detail, $3 FROM unnest($2::text[]) AS detail`;

/** A payment is matched by the order's number and the channel's. */
export const COMPARE_PAYMENTS = `
WITH lines AS (
  SELECT l.*, row_number() OVER (PARTITION BY order_id, trade_no ORDER BY line) AS copy
  FROM commercial.reconciliation_lines l WHERE reconciliation_id = $1 AND kind = 'payment'
), compared AS (
  SELECT lines.*, paid.amount_fen AS our_fen, paid.id AS payment_id, known.id AS known_id
  FROM lines
  LEFT JOIN commercial.orders known ON known.order_id = lines.order_id AND known.provider = $2
  LEFT JOIN commercial.orders paid
    ON paid.id = known.id AND paid.provider_trade_no = lines.trade_no AND lines.copy = 1
), differing AS (
  SELECT CASE WHEN payment_id IS NULL THEN 'missing_here' ELSE 'amount_differs' END AS kind, order_id, trade_no,
    amount_fen AS channel_fen, our_fen,
    CASE WHEN known_id IS NULL THEN ${NO_SUCH_ORDER} WHEN copy > 1 THEN 'the bill has this line twice' END AS detail
  FROM compared WHERE payment_id IS NULL OR our_fen <> amount_fen
  UNION ALL
  SELECT 'missing_there', p.order_id, p.provider_trade_no, NULL, p.amount_fen, NULL
  FROM commercial.orders p
  WHERE p.provider = $2 AND p.paid_at >= $3 AND p.paid_at < $4 AND NOT EXISTS (
    SELECT FROM lines WHERE lines.order_id = p.order_id AND lines.trade_no = p.provider_trade_no)
)
INSERT INTO commercial.reconciliation_differences ${COLUMNS}
SELECT gen_random_uuid(), $1, kind, 'payment', order_id, NULL, trade_no, channel_fen, our_fen, 'open', detail, $5
FROM differing`;

/** The moment by which a refund belongs to a day's bill. */
const BILLED_AT = `CASE WHEN $6::boolean THEN coalesce(r.accepted_at, r.created_at) ELSE r.settled_at END`;

/** Where the bill names a refund when it is asked for, one that has no outcome yet is as good as another. */
const BILLABLE = `(r.status = 'succeeded' OR ($6::boolean AND r.status = 'pending'))`;

/**
 * A refund is matched by its number. One that was made at the channel may be known here under a number of ours, since
 * the channel told its sum alone: what is left is paired by order and amount.
 */
export const COMPARE_REFUNDS = `
WITH lines AS (
  SELECT l.*, row_number() OVER (PARTITION BY order_id, coalesce(refund_no, line::text) ORDER BY line) AS copy
  FROM commercial.reconciliation_lines l WHERE reconciliation_id = $1 AND kind = 'refund'
), ours AS (
  SELECT r.id, r.refund_no, r.amount_fen, r.origin, r.status, r.billed_on, ${BILLED_AT} AS billed_at,
    p.order_id, p.provider_trade_no
  FROM commercial.payment_refunds r JOIN commercial.orders p ON p.id = r.payment_id
  WHERE p.provider = $2 AND ${BILLABLE}
    AND (${BILLED_AT} >= $3 AND ${BILLED_AT} < $4 OR p.order_id IN (SELECT order_id FROM lines))
), numbered AS (
  SELECT lines.line, ours.id, ours.amount_fen
  FROM lines JOIN ours USING (order_id, refund_no) WHERE lines.copy = 1
), lines_left AS (
  SELECT l.line, l.order_id, l.amount_fen,
    row_number() OVER (PARTITION BY l.order_id, l.amount_fen ORDER BY l.line) AS nth
  FROM lines l
  WHERE l.copy = 1 AND l.line NOT IN (SELECT line FROM numbered)
    AND NOT EXISTS (SELECT FROM commercial.payment_refunds r WHERE r.refund_no = l.refund_no)
), ours_left AS (
  SELECT o.id, o.order_id, o.amount_fen,
    row_number() OVER (PARTITION BY o.order_id, o.amount_fen ORDER BY o.billed_at, o.id) AS nth
  FROM ours o WHERE o.origin = 'channel' AND o.id NOT IN (SELECT id FROM numbered)
), pairs AS (
  SELECT line, id, amount_fen FROM numbered
  UNION ALL
  SELECT line, id, amount_fen FROM lines_left JOIN ours_left USING (order_id, amount_fen, nth)
), differing AS (
  SELECT CASE WHEN pairs.id IS NULL THEN 'missing_here' ELSE 'amount_differs' END AS kind, l.order_id, l.refund_no,
    l.trade_no, l.amount_fen AS channel_fen, pairs.amount_fen AS our_fen,
    CASE WHEN known.id IS NULL THEN ${NO_SUCH_ORDER} WHEN l.copy > 1 THEN 'the bill has this line twice' END AS detail
  FROM lines l
  LEFT JOIN pairs USING (line)
  LEFT JOIN commercial.orders known ON known.order_id = l.order_id AND known.provider = $2
  WHERE pairs.id IS NULL OR pairs.amount_fen <> l.amount_fen
  UNION ALL
  SELECT 'missing_there', o.order_id, o.refund_no, o.provider_trade_no, NULL, o.amount_fen, NULL
  FROM ours o WHERE o.billed_at >= $3 AND o.billed_at < $4 AND o.id NOT IN (SELECT id FROM pairs)
    -- One without an outcome may never have arrived; one that another day's bill named is there.
    AND o.status = 'succeeded' AND (o.billed_on IS NULL OR o.billed_on = $7::date)
)
INSERT INTO commercial.reconciliation_differences ${COLUMNS}
SELECT gen_random_uuid(), $1, kind, 'refund', order_id, refund_no, trade_no, channel_fen, our_fen, 'open', detail, $5
FROM differing`;

/** Which day's bill named a refund. Parameters: the run, the provider, the day. */
export const MARK_BILLED = `
UPDATE commercial.payment_refunds r SET billed_on = $3::date
FROM commercial.reconciliation_lines l, commercial.orders p
WHERE l.reconciliation_id = $1 AND l.kind = 'refund' AND l.refund_no = r.refund_no AND l.amount_fen = r.amount_fen
  AND p.id = r.payment_id AND p.provider = $2 AND p.order_id = l.order_id AND r.billed_on IS NULL`;

/**
 * What the bill of a day had and we lacked, and what came here since by another way. Parameters: the provider, what to
 * say.
 */
export const ENTERED_SINCE = `
UPDATE commercial.reconciliation_differences d SET resolution = 'settled', detail = $2
FROM commercial.reconciliations earlier, commercial.payment_refunds r, commercial.orders p
WHERE earlier.id = d.reconciliation_id AND earlier.provider = $1 AND d.resolution = 'open'
  AND d.kind = 'missing_here' AND d.entry = 'refund' AND r.refund_no = d.refund_no AND r.status = 'succeeded'
  AND r.amount_fen = d.channel_fen AND p.id = r.payment_id AND p.provider = $1 AND p.order_id = d.order_id`;

/**
 * What an earlier day's bill lacked and this one has: a refund or payment near midnight. Parameters: the run, the
 * provider, what to say.
 */
export const FOUND_LATER = `
UPDATE commercial.reconciliation_differences d SET resolution = 'settled', detail = $3
FROM commercial.reconciliations earlier, commercial.reconciliation_lines l
WHERE earlier.id = d.reconciliation_id AND earlier.provider = $2 AND d.reconciliation_id <> $1
  AND d.resolution = 'open' AND d.kind = 'missing_there'
  AND l.reconciliation_id = $1 AND l.kind = d.entry AND l.order_id = d.order_id AND l.amount_fen = d.our_fen
  AND (CASE d.entry WHEN 'payment' THEN l.trade_no = d.trade_no ELSE l.refund_no = d.refund_no END)`;

/** How many of the bill's lines agree. Parameters: the run, the bill's number of lines. */
export const COUNT_MATCHED = `
SELECT $2::integer - count(*)::integer AS matched
FROM commercial.reconciliation_differences WHERE reconciliation_id = $1 AND kind <> 'missing_there'`;

/**
 * Whether anything was paid or refunded through a provider on a day. Parameters: the provider, the day's two ends,
 * whether the bill names refunds on the day on which they were asked for.
 */
export const HAS_RECORDS = `
SELECT EXISTS (
  SELECT FROM commercial.orders p
  WHERE p.provider = $1 AND p.paid_at >= $2 AND p.paid_at < $3
) OR EXISTS (
  SELECT FROM commercial.payment_refunds r JOIN commercial.orders p ON p.id = r.payment_id
  WHERE p.provider = $1 AND r.status = 'succeeded'
    AND CASE WHEN $4::boolean THEN coalesce(r.accepted_at, r.created_at) ELSE r.settled_at END >= $2
    AND CASE WHEN $4::boolean THEN coalesce(r.accepted_at, r.created_at) ELSE r.settled_at END < $3
) AS found`;

/** Days of a provider that are due. Parameters: the provider, the first day, the last day, which is due in any case. */
export const UNDONE_DAYS = `
SELECT day::text FROM (
  SELECT bill_date AS day FROM commercial.reconciliations
  WHERE provider = $1 AND bill_date >= $2::date AND bill_date < $3::date
  UNION SELECT $3::date
) tried
WHERE NOT EXISTS (
  SELECT FROM commercial.reconciliations r WHERE r.provider = $1 AND r.bill_date = day AND r.status = 'done')
ORDER BY day`;
