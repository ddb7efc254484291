import { inflateRawSync } from 'node:zlib';
import daikon from 'daikon';
import type { Image, Tag } from 'daikon';
import { InvalidStudyError } from './invalid-study.error.js';
import { type TransferSyntax, transferSyntaxOf } from './transfer-syntax.js';

export type Vector = readonly [number, number, number];
export type Orientation = 'axial' | 'coronal' | 'sagittal' | 'oblique';

/** What a DICOM file says of its image, nothing decoded yet. Lengths in millimetres. */
export interface ImageHeader {
  image: Image;
  transferSyntax: TransferSyntax;
  modality: string;
  seriesUid: string | null;
  instanceUid: string | null;
  instanceNumber: number | null;
  rows: number;
  columns: number;
  frames: number;
  /** Frames follow one another in time, not in space. */
  isCine: boolean;
  bitsAllocated: 8 | 16;
  bitsStored: number;
  signed: boolean;
  inverted: boolean;
  /** Between rows, then between columns. */
  pixelSpacing: readonly [number, number] | null;
  sliceThickness: number | null;
  spacingBetweenSlices: number | null;
  position: Vector | null;
  rowDirection: Vector | null;
  columnDirection: Vector | null;
  orientation: Orientation | null;
  slope: number;
  intercept: number;
  unit: 'HU' | null;
  paddingValue: number | null;
  window: { center: number; width: number } | null;
}

/** daikon's numbers for the directions of slices. */
const ORIENTATIONS: readonly Orientation[] = ['sagittal', 'coronal', 'axial', 'oblique'];

/** daikon inflates without a limit, and deflate grows a thousandfold: measure first, at the same place. */
class BoundedParser extends daikon.Parser {
  constructor(maxInflatedBytes: number) {
    super();
    this.maxInflatedBytes = maxInflatedBytes;
  }

  private readonly maxInflatedBytes: number;

  override getNextTag(data: DataView, offset: number, testForTag?: boolean): Tag | null {
    const tag = super.getNextTag(data, offset, testForTag);
    if (tag && this.needsDeflate && tag.offsetEnd >= this.metaFinishedOffset) {
      assertInflatesWithin(new Uint8Array(data.buffer, tag.offsetEnd), this.maxInflatedBytes);
    }
    return tag;
  }
}

function assertInflatesWithin(deflated: Uint8Array, maxOutputLength: number): void {
  try {
    inflateRawSync(deflated, { maxOutputLength });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new InvalidStudyError('TOO_LARGE', `it inflates to more than ${maxOutputLength} bytes`);
    }
    throw new InvalidStudyError('CORRUPT', 'its deflated part is broken or cut off');
  }
}

/** @throws InvalidStudyError, also for whatever daikon stumbles over */
function parse(bytes: Uint8Array, maxBytes: number): Image {
  // A DICOM file begins with 128 bytes of anything and then "DICM" (PS3.10 section 7.1).
  if (Buffer.from(bytes.subarray(128, 132)).toString('latin1') !== 'DICM') {
    throw new InvalidStudyError('NOT_DICOM', 'it is not a DICOM file');
  }
  const parser = new BoundedParser(maxBytes);
  const copy = new Uint8Array(bytes).buffer;
  const image = parser.parse(new DataView(copy));
  if (parser.error instanceof InvalidStudyError) throw parser.error;
  if (!image || parser.error) throw new InvalidStudyError('CORRUPT', 'it is broken or cut off');
  if (!image.hasPixelData()) throw new InvalidStudyError('CORRUPT', 'it holds no pixel data');
  return image;
}

function values(image: Image, group: number, element: number): unknown[] {
  const value = image.getTag(group, element)?.value;
  return Array.isArray(value) ? value : [];
}

function numberAt(image: Image, group: number, element: number, index = 0): number | null {
  const value = values(image, group, element)[index];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function textAt(image: Image, group: number, element: number): string | null {
  const value = values(image, group, element)[0];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function vectorAt(image: Image, group: number, element: number, first = 0): Vector | null {
  const [x, y, z] = [0, 1, 2].map((axis) => numberAt(image, group, element, first + axis));
  return x == null || y == null || z == null ? null : [x, y, z];
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null;
}

function pixelFormatOf(
  image: Image,
): Pick<ImageHeader, 'bitsAllocated' | 'bitsStored' | 'signed' | 'inverted'> {
  const bitsAllocated = numberAt(image, 0x0028, 0x0100);
  const bitsStored = numberAt(image, 0x0028, 0x0101) ?? bitsAllocated;
  const highBit = numberAt(image, 0x0028, 0x0102);
  const photometric = textAt(image, 0x0028, 0x0004);
  if ((numberAt(image, 0x0028, 0x0002) ?? 1) !== 1 || !photometric?.startsWith('MONOCHROME')) {
    throw new InvalidStudyError(
      'UNSUPPORTED',
      `only grayscale images are read here, not ${photometric ?? 'this'}`,
    );
  }
  if (
    (bitsAllocated !== 8 && bitsAllocated !== 16) ||
    !bitsStored ||
    bitsStored < 1 ||
    bitsStored > bitsAllocated
  ) {
    throw new InvalidStudyError(
      'UNSUPPORTED',
      `pixels of ${bitsStored} in ${bitsAllocated} bits are not read here`,
    );
  }
  if (highBit !== null && highBit !== bitsStored - 1) {
    throw new InvalidStudyError('UNSUPPORTED', `pixels whose highest bit is ${highBit} are not read here`);
  }
  return {
    bitsAllocated,
    bitsStored,
    signed: numberAt(image, 0x0028, 0x0103) === 1,
    inverted: photometric === 'MONOCHROME1',
  };
}

function geometryOf(image: Image) {
  const spacing = [0, 1].map((index) => positive(numberAt(image, 0x0028, 0x0030, index)));
  return {
    pixelSpacing: spacing[0] && spacing[1] ? ([spacing[0], spacing[1]] as const) : null,
    sliceThickness: positive(numberAt(image, 0x0018, 0x0050)),
    spacingBetweenSlices: positive(numberAt(image, 0x0018, 0x0088)),
    position: vectorAt(image, 0x0020, 0x0032),
    rowDirection: vectorAt(image, 0x0020, 0x0037),
    columnDirection: vectorAt(image, 0x0020, 0x0037, 3),
    orientation: ORIENTATIONS[image.getAcquiredSliceDirection() ?? -1] ?? null,
  };
}

function intensityOf(image: Image, modality: string) {
  const rescaleType = textAt(image, 0x0028, 0x1054);
  const center = numberAt(image, 0x0028, 0x1050);
  const width = numberAt(image, 0x0028, 0x1051);
  return {
    slope: numberAt(image, 0x0028, 0x1053) || 1,
    intercept: numberAt(image, 0x0028, 0x1052) ?? 0,
    // Absent, the output of a CT's rescaling is Hounsfield units (PS3.3 section C.11.1.1.2).
    unit: rescaleType === 'HU' || (rescaleType === null && modality === 'CT') ? ('HU' as const) : null,
    paddingValue: numberAt(image, 0x0028, 0x0120),
    // A width below 1 is not a window (PS3.3 section C.11.2.1.2); some scanners write 0 for "none".
    window: center !== null && width !== null && width >= 1 ? { center, width } : null,
  };
}

/**
 * Reads the header of one DICOM file (PS3.10).
 * @param maxBytes the most that a deflated file may grow to
 * @throws InvalidStudyError `NOT_DICOM`, `CORRUPT`, `UNSUPPORTED` or `TOO_LARGE`; its message has the file for
 * its subject
 */
export function readHeader(bytes: Uint8Array, maxBytes: number): ImageHeader {
  const image = parse(bytes, maxBytes);
  const uid = textAt(image, 0x0002, 0x0010);
  const transferSyntax = transferSyntaxOf(uid);
  if (!transferSyntax) throw new InvalidStudyError('UNSUPPORTED', `transfer syntax ${uid} is not read here`);
  const [rows, columns] = [numberAt(image, 0x0028, 0x0010), numberAt(image, 0x0028, 0x0011)];
  const frames = numberAt(image, 0x0028, 0x0008) ?? 1;
  if (!rows || !columns || frames < 1) {
    throw new InvalidStudyError('CORRUPT', 'it does not say how many rows, columns and frames it has');
  }
  const modality = textAt(image, 0x0008, 0x0060) ?? 'OT';
  return {
    image,
    transferSyntax,
    modality,
    seriesUid: textAt(image, 0x0020, 0x000e),
    instanceUid: textAt(image, 0x0008, 0x0018),
    instanceNumber: numberAt(image, 0x0020, 0x0013),
    rows,
    columns,
    frames,
    isCine: frames > 1 && positive(numberAt(image, 0x0018, 0x1063)) !== null,
    ...pixelFormatOf(image),
    ...geometryOf(image),
    ...intensityOf(image, modality),
  };
}
