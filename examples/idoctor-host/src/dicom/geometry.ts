import type { ImageHeader, Orientation, Vector } from './header.js';
import { InvalidStudyError } from './invalid-study.error.js';

/** Lengths in millimetres; `null` is what the files do not tell. */
export interface Geometry {
  rows: number;
  columns: number;
  /** Between the centres of rows, then of columns. */
  pixelSpacing: readonly [number, number] | null;
  sliceThickness: number | null;
  /** Between the centres of neighbouring slices, on the average. */
  sliceSpacing: number | null;
  /** Whether slices lie at equal distances; `false` often means that some are missing. */
  evenlySpaced: boolean | null;
  orientation: Orientation | null;
  /** From edge to edge. */
  extent: { width: number; height: number; depth: number | null } | null;
  /** What one voxel takes up, in cubic millimetres. */
  voxelVolume: number | null;
}

/** Two positions nearer than this, in millimetres, are one. */
const SAME_POSITION = 1e-3;
/** Distances that differ by less than this part are equal: positions are written with few digits. */
const EVEN = 0.05;
/** Direction cosines are written with few digits, too. */
const DIRECTION_TOLERANCE = 0.01;

/** `null` also where the directions are no perpendicular unit vectors, since they then tell nothing. */
function normalOf({ rowDirection: r, columnDirection: c }: ImageHeader): Vector | null {
  if (!r || !c) return null;
  const normal: Vector = [r[1] * c[2] - r[2] * c[1], r[2] * c[0] - r[0] * c[2], r[0] * c[1] - r[1] * c[0]];
  return Math.abs(Math.hypot(...normal) - 1) < DIRECTION_TOLERANCE ? normal : null;
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** How far along the slices' common normal each lies (PS3.3 section C.7.6.2.1.1); `null` if any doesn't say. */
function distancesAlongNormal(headers: readonly ImageHeader[]): Map<ImageHeader, number> | null {
  const normal = headers[0] && normalOf(headers[0]);
  if (!normal) return null;
  const distances = new Map<ImageHeader, number>();
  for (const header of headers) {
    const own = normalOf(header);
    if (!own || !header.position) return null;
    if (own.some((cosine, axis) => Math.abs(cosine - normal[axis]!) > DIRECTION_TOLERANCE)) {
      throw new InvalidStudyError('MIXED_SERIES', 'the slices are not parallel: send one volume at a time');
    }
    distances.set(header, dot(header.position, normal));
  }
  return distances;
}

/**
 * Sorts the images of one series: by their place along the slices' normal, else by instance number.
 * @returns them and, where the files tell it, the distances between neighbours in millimetres
 * @throws InvalidStudyError `MIXED_SERIES` when they are not one stack
 */
export function sortSlices(headers: readonly ImageHeader[]): {
  sorted: ImageHeader[];
  gaps: readonly number[] | null;
} {
  const distances = distancesAlongNormal(headers);
  if (!distances || headers.some((header) => header.frames > 1)) {
    const sorted = headers.toSorted((a, b) => (a.instanceNumber ?? 0) - (b.instanceNumber ?? 0));
    return { sorted, gaps: null };
  }
  const ordered = [...distances].sort(([, a], [, b]) => a - b);
  const gaps = ordered.slice(1).map(([, distance], index) => distance - ordered[index]![1]);
  if (gaps.some((gap) => gap < SAME_POSITION)) {
    throw new InvalidStudyError(
      'MIXED_SERIES',
      'several images lie at one position: send one volume at a time',
    );
  }
  return { sorted: ordered.map(([header]) => header), gaps };
}

function spacingOf(
  headers: readonly ImageHeader[],
  slices: number,
  gaps: readonly number[] | null,
): number | null {
  if (gaps) return gaps.length > 0 ? gaps.reduce((sum, gap) => sum + gap) / gaps.length : null;
  const isVolume = slices > 1 && headers.length === 1 && !headers[0]!.isCine;
  return isVolume ? headers[0]!.spacingBetweenSlices : null;
}

/** @param headers sorted slices of one series; @param gaps as `sortSlices` gives them */
export function geometryOf(headers: readonly ImageHeader[], gaps: readonly number[] | null): Geometry {
  const first = headers[0]!;
  const slices = headers.reduce((sum, header) => sum + header.frames, 0);
  const sliceSpacing = spacingOf(headers, slices, gaps);
  // One slice alone has no neighbour, so that its thickness must do.
  const pitch = slices === 1 ? first.sliceThickness : sliceSpacing;
  const { rows, columns, pixelSpacing, sliceThickness, orientation } = first;
  return {
    rows,
    columns,
    pixelSpacing,
    sliceThickness,
    sliceSpacing,
    evenlySpaced:
      gaps && sliceSpacing ? gaps.every((gap) => Math.abs(gap - sliceSpacing) <= EVEN * sliceSpacing) : null,
    orientation,
    extent: pixelSpacing && {
      width: columns * pixelSpacing[1],
      height: rows * pixelSpacing[0],
      depth: pitch && slices * pitch,
    },
    voxelVolume: pixelSpacing && pitch && pixelSpacing[0] * pixelSpacing[1] * pitch,
  };
}
