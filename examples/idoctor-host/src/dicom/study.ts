import { type Geometry, geometryOf, sortSlices } from './geometry.js';
import { type ImageHeader, readHeader } from './header.js';
import { type Intensity, type Slice, countAtLeast, measureIntensity, otsuThreshold } from './intensity.js';
import { InvalidStudyError } from './invalid-study.error.js';
import { decodeFrames } from './pixels.js';
import { renderPreview } from './preview.js';

export interface StudyOptions {
  /** The intensity from which on a voxel counts for the volume; Otsu's where none is given. */
  threshold?: number;
  limits?: Partial<StudyLimits>;
}

export interface StudyLimits {
  files: number;
  /** Rows and columns of a slice, each. */
  side: number;
  /** Rows × columns × slices of the whole study. */
  voxels: number;
}

/** What a study is, without a word of whom it shows. Lengths in millimetres. */
export interface StudyFacts {
  modality: string;
  files: number;
  slices: number;
  transferSyntaxes: { uid: string; name: string }[];
  geometry: Geometry;
  intensity: Intensity;
  volume: { threshold: number; method: 'given' | 'otsu'; voxels: number; millilitres: number | null };
}

export interface ProcessedStudy {
  facts: StudyFacts;
  /** PNG of the middle slice. */
  preview: Uint8Array;
}

const LIMITS: StudyLimits = { files: 1_000, side: 8_192, voxels: 64 * 1024 * 1024 };

/** Says of which file an error speaks: by its number, since file names tend to carry the patient's. */
function forFile<T>(index: number, count: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidStudyError)) throw error;
    throw new InvalidStudyError(error.code, `File ${index + 1} of ${count}: ${error.message}.`);
  }
}

function assertOneSeries(headers: readonly ImageHeader[]): void {
  const first = headers[0]!;
  const [series, instances] = [new Set<string | null>(), new Set<string>()];
  for (const header of headers) {
    series.add(header.seriesUid);
    if (series.size > 1 || header.modality !== first.modality) {
      throw new InvalidStudyError(
        'MIXED_SERIES',
        'The files belong to several series: send one series at a time.',
      );
    }
    if (header.rows !== first.rows || header.columns !== first.columns) {
      throw new InvalidStudyError(
        'MIXED_SERIES',
        'The files are images of different sizes: send one volume.',
      );
    }
    if (header.instanceUid && instances.has(header.instanceUid)) {
      throw new InvalidStudyError('MIXED_SERIES', 'The same image was sent twice: send each once.');
    }
    if (header.instanceUid) instances.add(header.instanceUid);
  }
}

function assertWithin(limits: StudyLimits, headers: readonly ImageHeader[]): void {
  const voxels = headers.reduce((sum, { rows, columns, frames }) => sum + rows * columns * frames, 0);
  if (headers.some(({ rows, columns }) => Math.max(rows, columns) > limits.side) || voxels > limits.voxels) {
    throw new InvalidStudyError(
      'TOO_LARGE',
      `The study has ${voxels} voxels; ${limits.voxels} voxels and ${limits.side} rows or columns are the limit.`,
    );
  }
}

function readHeaders(files: readonly Uint8Array[], limits: StudyLimits): ImageHeader[] {
  if (files.length === 0) throw new InvalidStudyError('EMPTY', 'Send at least one DICOM file.');
  if (files.length > limits.files) {
    throw new InvalidStudyError(
      'TOO_LARGE',
      `The study has ${files.length} files; ${limits.files} is the limit.`,
    );
  }
  // Two bytes a voxel at most, and room for the header.
  const maxBytes = limits.voxels * 2 + 1024 * 1024;
  const headers = files.map((file, index) => forFile(index, files.length, () => readHeader(file, maxBytes)));
  assertOneSeries(headers);
  assertWithin(limits, headers);
  return headers;
}

/** Every file's frames, in the order of `headers`; errors number the files as they were sent. */
function decode(headers: readonly ImageHeader[], sent: readonly ImageHeader[]): Slice[] {
  return headers.flatMap((header) =>
    forFile(sent.indexOf(header), sent.length, () => decodeFrames(header)).map((pixels) => ({
      header,
      pixels,
    })),
  );
}

function volumeOf(slices: readonly Slice[], geometry: Geometry, intensity: Intensity, given?: number) {
  const threshold = given ?? otsuThreshold(intensity.histogram);
  const voxels = countAtLeast(slices, threshold);
  const method = given === undefined ? ('otsu' as const) : ('given' as const);
  const millilitres = geometry.voxelVolume && (voxels * geometry.voxelVolume) / 1_000;
  return { threshold, method, voxels, millilitres };
}

/**
 * Reads the DICOM files of one series, in any order, and measures them. Runs for as long as the decoders take:
 * a server calls it through `StudyProcessor`.
 * @throws InvalidStudyError for every fault of the files
 */
export function processStudy(files: readonly Uint8Array[], options: StudyOptions = {}): ProcessedStudy {
  const headers = readHeaders(files, { ...LIMITS, ...options.limits });
  const { sorted, gaps } = sortSlices(headers);
  const slices = decode(sorted, headers);
  const geometry = geometryOf(sorted, gaps);
  const intensity = measureIntensity(slices);
  const syntaxes = new Map(headers.map(({ transferSyntax }) => [transferSyntax.uid, transferSyntax.name]));
  return {
    facts: {
      modality: headers[0]!.modality,
      files: files.length,
      slices: slices.length,
      transferSyntaxes: [...syntaxes].map(([uid, name]) => ({ uid, name })),
      geometry,
      intensity,
      volume: volumeOf(slices, geometry, intensity, options.threshold),
    },
    preview: renderPreview(slices[Math.floor((slices.length - 1) / 2)]!),
  };
}
