/** Less by a part of the price, or by an amount: one of the two is set. */
export interface Reduction {
  percentOff: number | null;
  amountOffFen: number | null;
}

/**
 * How much less is to be paid, in fen. A part is rounded down to the fen, so that less than 100 % always leaves
 * something to pay; an amount takes at most the whole price.
 */
export function discountFen({ percentOff, amountOffFen }: Reduction, priceFen: number): number {
  if (percentOff !== null) return Math.floor((priceFen * percentOff) / 100);
  return Math.min(amountOffFen ?? 0, priceFen);
}
