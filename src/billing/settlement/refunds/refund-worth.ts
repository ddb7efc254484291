/**
 * `fen × part ÷ whole`, rounded down to the fen: a proposal never gives back more than is left. In integers alone,
 * since fen times milliseconds goes beyond what a double holds exactly.
 *
 * @param part 0 to `whole`; what is outside counts as the nearer end
 */
export function shareOf(fen: number, part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0;
  if (part >= whole) return fen;
  return Number((BigInt(fen) * BigInt(part)) / BigInt(whole));
}

/** What the paid time still to come is worth, of an amount that was paid for `start` to `end`. */
export function unusedTimeFen(fen: number, start: Date, end: Date, now: Date): number {
  return shareOf(fen, end.getTime() - now.getTime(), end.getTime() - start.getTime());
}
