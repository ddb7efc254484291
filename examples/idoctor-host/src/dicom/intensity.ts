import type { ImageHeader } from './header.js';
import { InvalidStudyError } from './invalid-study.error.js';
import type { StoredPixels } from './pixels.js';

/** One slice with what turns its stored values into intensities: `slope * stored + intercept`. */
export interface Slice {
  header: ImageHeader;
  pixels: StoredPixels;
}

export interface Histogram {
  /** Lower edge of the first bin and upper edge of the last, both included. */
  from: number;
  to: number;
  binWidth: number;
  counts: number[];
}

export interface Intensity {
  /** Hounsfield units, or `null` where the scale is the scanner's own. */
  unit: 'HU' | null;
  min: number;
  max: number;
  mean: number;
  standardDeviation: number;
  /** Voxels that hold the padding value (PS3.3 section C.7.5.1.1.2); they count nowhere else. */
  paddingVoxels: number;
  histogram: Histogram;
}

const BINS = 256;

/** Calls `visit` with every intensity, padding left out. */
function forEachIntensity(slices: readonly Slice[], visit: (value: number) => void): void {
  for (const { header, pixels } of slices) {
    const { slope, intercept, paddingValue } = header;
    for (let index = 0; index < pixels.length; index += 1) {
      const stored = pixels[index]!;
      if (stored !== paddingValue) visit(stored * slope + intercept);
    }
  }
}

function histogramOf(slices: readonly Slice[], from: number, to: number): Histogram {
  const binWidth = (to - from) / BINS;
  if (binWidth === 0) {
    let count = 0;
    forEachIntensity(slices, () => (count += 1));
    return { from, to, binWidth, counts: [count] };
  }
  const counts = Array.from({ length: BINS }, () => 0);
  forEachIntensity(slices, (value) => {
    counts[Math.min(BINS - 1, Math.floor((value - from) / binWidth))]! += 1;
  });
  return { from, to, binWidth, counts };
}

/** @throws InvalidStudyError `CORRUPT` when there is nothing but padding */
export function measureIntensity(slices: readonly Slice[]): Intensity {
  let [min, max, count, sum] = [Infinity, -Infinity, 0, 0];
  forEachIntensity(slices, (value) => {
    if (value < min) min = value;
    if (value > max) max = value;
    count += 1;
    sum += value;
  });
  if (count === 0) throw new InvalidStudyError('CORRUPT', 'the study holds no image, only padding');
  const mean = sum / count;
  let squares = 0;
  forEachIntensity(slices, (value) => (squares += (value - mean) ** 2));
  const voxels = slices.reduce((total, { pixels }) => total + pixels.length, 0);
  return {
    unit: slices[0]!.header.unit,
    min,
    max,
    mean,
    standardDeviation: Math.sqrt(squares / count),
    paddingVoxels: voxels - count,
    histogram: histogramOf(slices, min, max),
  };
}

/**
 * The threshold that best parts a histogram in two: the greatest variance between the classes.
 * N. Otsu, "A Threshold Selection Method from Gray-Level Histograms", IEEE Transactions on Systems, Man, and
 * Cybernetics 9(1), 1979, equation 18.
 * @returns an edge between two bins; what is at or above it is foreground. A single bin gives its own edge.
 */
export function otsuThreshold({ from, binWidth, counts }: Histogram): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const totalMoment = counts.reduce((sum, count, bin) => sum + count * bin, 0);
  let [best, bestVariance, below, moment] = [0, -1, 0, 0];
  for (let bin = 0; bin < counts.length - 1; bin += 1) {
    below += counts[bin]!;
    moment += counts[bin]! * bin;
    const above = total - below;
    if (below === 0 || above === 0) continue;
    const variance = below * above * (moment / below - (totalMoment - moment) / above) ** 2;
    if (variance > bestVariance) [best, bestVariance] = [bin + 1, variance];
  }
  return from + best * binWidth;
}

/** How many voxels have at least that intensity. */
export function countAtLeast(slices: readonly Slice[], threshold: number): number {
  let count = 0;
  forEachIntensity(slices, (value) => {
    if (value >= threshold) count += 1;
  });
  return count;
}
