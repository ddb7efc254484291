/** A study costs 1 for every so many slices that it has begun. */
const SLICES_PER_UNIT = 200;

/** What the largest study costs that a form can carry: 1,000 files. */
export const MOST = 5;

/** What is held covers every study, so that a file with many frames in it can't cost more than was agreed to. */
export function costOf(slices: number): number {
  return Math.min(Math.ceil(slices / SLICES_PER_UNIT), MOST);
}
