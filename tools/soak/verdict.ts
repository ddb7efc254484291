/** What the service held at a moment of the run. */
export interface Sample {
  /** Seconds since the run began. */
  at: number;
  /** Bytes of heap in use, right after a full collection. */
  heap: number;
  /** Bytes of the process's memory. */
  resident: number;
}

export interface Verdict {
  /** Bytes by second, over the second half of the run. */
  heapSlope: number;
  residentSlope: number;
  isFlat: boolean;
}

/**
 * Growth that a run may show, in bytes by second. The sandbox remembers its orders and the service its tokens until
 * they expire, both in proportion to the traffic; resident memory also follows the allocator's whims.
 */
export const BOUNDS = { heap: 50_000, resident: 150_000 } as const;

/** The first half is for warming up: compiled code, pools and caches come to their size. */
export function judge(samples: readonly Sample[]): Verdict {
  const half = samples.slice(Math.floor(samples.length / 2));
  const heapSlope = slope(half.map(({ at, heap }) => [at, heap]));
  const residentSlope = slope(half.map(({ at, resident }) => [at, resident]));
  return {
    heapSlope,
    residentSlope,
    isFlat: heapSlope < BOUNDS.heap && residentSlope < BOUNDS.resident,
  };
}

/** Of the straight line with the least squares. @returns 0 for fewer than two points */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const count = points.length;
  if (count < 2) return 0;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
}
