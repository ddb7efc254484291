import { endianness } from 'node:os';
import type { Tag } from 'daikon';
import { readJpeg2000Header, readJpegHeader, readRleSegmentCount } from './codestream.js';
import type { ImageHeader } from './header.js';
import { InvalidStudyError } from './invalid-study.error.js';

/** Stored values of one frame, row by row, before the rescale slope and intercept. */
export type StoredPixels = Uint8Array | Int8Array | Uint16Array | Int16Array;

/** The fragment was cut short: daikon gives what is left of it. */
function isCutOff({ value, offsetValue, offsetEnd }: Tag): boolean {
  return value instanceof DataView && value.byteLength !== offsetEnd - offsetValue;
}

/**
 * A compressed frame may state another size than the DICOM header, and decoders believe the frame: every frame
 * must agree with the header, whose size has been held against the limits.
 */
function assertFramesAgree(header: ImageHeader): void {
  const { image, transferSyntax, rows, columns, bitsAllocated } = header;
  if (image.getEncapsulatedData().some(isCutOff)) {
    throw new InvalidStudyError('CORRUPT', 'its compressed pixel data is cut off');
  }
  const isRle = transferSyntax.coding === 'rle';
  const frames = isRle ? image.getRLE() : image.getJpegs();
  if (frames.length !== header.frames) {
    throw new InvalidStudyError(
      'CORRUPT',
      `it has ${frames.length} of the ${header.frames} frames that it announces`,
    );
  }
  for (const frame of frames.map((buffer) => new DataView(buffer))) {
    if (isRle) {
      if (readRleSegmentCount(frame) !== bitsAllocated / 8) {
        throw new InvalidStudyError('CORRUPT', 'a run-length coded frame does not fit the header');
      }
      continue;
    }
    const stated = transferSyntax.coding === 'jpeg' ? readJpegHeader(frame) : readJpeg2000Header(frame);
    if (stated.rows !== rows || stated.columns !== columns || stated.components !== 1) {
      throw new InvalidStudyError('CORRUPT', 'a compressed frame has another size than the header says');
    }
  }
}

function rawPixels(header: ImageHeader): ArrayBuffer {
  if (header.transferSyntax.coding) assertFramesAgree(header);
  const raw = header.image.getRawData();
  const expected = (header.rows * header.columns * header.frames * header.bitsAllocated) / 8;
  if (raw.byteLength < expected) {
    throw new InvalidStudyError('CORRUPT', `it has ${raw.byteLength} of ${expected} bytes of pixel data`);
  }
  return raw.slice(0, expected);
}

/** Bits above those stored may hold anything (PS3.5 section 8.1.1): cut them off, and extend the sign. */
function keepStoredBits(pixels: StoredPixels, { bitsAllocated, bitsStored, signed }: ImageHeader): void {
  if (bitsStored === bitsAllocated) return;
  const mask = (1 << bitsStored) - 1;
  const unused = 32 - bitsStored;
  for (let index = 0; index < pixels.length; index += 1) {
    const value = pixels[index]!;
    pixels[index] = signed ? (value << unused) >> unused : value & mask;
  }
}

function typed(raw: ArrayBuffer, { bitsAllocated, signed, image }: ImageHeader): StoredPixels {
  if (bitsAllocated === 8) return signed ? new Int8Array(raw) : new Uint8Array(raw);
  if (image.littleEndian !== (endianness() === 'LE')) Buffer.from(raw).swap16();
  return signed ? new Int16Array(raw) : new Uint16Array(raw);
}

/**
 * Decodes the pixel data: one array for each frame.
 * @throws InvalidStudyError `CORRUPT` or `UNSUPPORTED`, also for whatever a decoder stumbles over
 */
export function decodeFrames(header: ImageHeader): StoredPixels[] {
  let pixels: StoredPixels;
  try {
    pixels = typed(rawPixels(header), header);
  } catch (error) {
    if (error instanceof InvalidStudyError) throw error;
    throw new InvalidStudyError('CORRUPT', `its ${header.transferSyntax.name} pixel data cannot be decoded`);
  }
  keepStoredBits(pixels, header);
  const size = header.rows * header.columns;
  return Array.from({ length: header.frames }, (_, frame) =>
    pixels.subarray(frame * size, (frame + 1) * size),
  );
}
