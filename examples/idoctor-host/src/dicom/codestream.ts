import { InvalidStudyError } from './invalid-study.error.js';

/** What a compressed frame says of itself, before anything is decoded. */
export interface CodestreamHeader {
  rows: number;
  columns: number;
  components: number;
}

const MARKER = { SOS: 0xda, SIZ: 0x51, SOT: 0x90 } as const;

/** SOF0 to SOF15 (ITU-T T.81 table B.1; C4, C8 and CC mean other things) and JPEG-LS's SOF55 (T.87). */
function startsFrame(marker: number): boolean {
  return (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === 0xf7;
}

/** Marker segments from byte 2 on, up to and including the first `last`. */
function* segments(frame: DataView, last: number): Generator<{ marker: number; body: number; end: number }> {
  let offset = 2;
  while (offset + 4 <= frame.byteLength && frame.getUint8(offset) === 0xff) {
    const marker = frame.getUint8(offset + 1);
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    const end = offset + 2 + frame.getUint16(offset + 2);
    yield { marker, body: offset + 4, end };
    if (marker === last) return;
    offset = end;
  }
}

/** In entropy-coded data no byte of 0x80 or more but a marker's follows 0xFF, so a second header shows. */
function hasFrameHeaderAfter(frame: DataView, start: number): boolean {
  const bytes = new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength);
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    if (startsFrame(bytes[at + 1] ?? 0)) return true;
  }
  return false;
}

/**
 * The frame header of a JPEG or JPEG-LS image.
 * Exactly one is allowed: a decoder believes the last, so that a second one could ask for any amount of memory.
 * @throws InvalidStudyError `CORRUPT`
 */
export function readJpegHeader(frame: DataView): CodestreamHeader {
  let header: CodestreamHeader | null = null;
  for (const { marker, body, end } of segments(frame, MARKER.SOS)) {
    if (startsFrame(marker)) {
      if (header || body + 6 > frame.byteLength) break;
      header = {
        rows: frame.getUint16(body + 1),
        columns: frame.getUint16(body + 3),
        components: frame.getUint8(body + 5),
      };
    } else if (marker === MARKER.SOS && header && !hasFrameHeaderAfter(frame, end)) {
      return header;
    }
  }
  throw new InvalidStudyError('CORRUPT', 'a compressed frame is not a whole JPEG image');
}

/**
 * The SIZ segment of a JPEG 2000 codestream (ITU-T T.800 A.5.1).
 * @throws InvalidStudyError `CORRUPT`, or `UNSUPPORTED` when the image is cut into tiles, since daikon
 * hands out the first tile alone
 */
export function readJpeg2000Header(frame: DataView): CodestreamHeader {
  let header: CodestreamHeader | null = null;
  for (const { marker, body } of segments(frame, MARKER.SOT)) {
    if (marker === MARKER.SOT && header) return header;
    if (marker !== MARKER.SIZ) continue;
    if (header || body + 36 > frame.byteLength) break;
    const [right, bottom, left, top, tileWidth, tileHeight, tileLeft, tileTop] = Array.from(
      { length: 8 },
      (_, index) => frame.getUint32(body + 2 + index * 4),
    ) as [number, number, number, number, number, number, number, number];
    if (tileLeft + tileWidth < right || tileTop + tileHeight < bottom) {
      throw new InvalidStudyError('UNSUPPORTED', 'JPEG 2000 images cut into tiles are not read here');
    }
    header = { rows: bottom - top, columns: right - left, components: frame.getUint16(body + 34) };
  }
  throw new InvalidStudyError('CORRUPT', 'a compressed frame is not a whole JPEG 2000 image');
}

/** The number of byte planes of a DICOM RLE frame (PS3.5 annex G.5); 0 when there is no whole header. */
export function readRleSegmentCount(frame: DataView): number {
  return frame.byteLength < 64 ? 0 : frame.getUint32(0, true);
}
