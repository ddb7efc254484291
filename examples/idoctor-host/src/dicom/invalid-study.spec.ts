import { deflateRawSync } from 'node:zlib';
import { type Element, axialAt, dicomFile, words } from '../../test/dicom-file.js';
import { SINGLE_FILES, brainSlice, singleFile } from '../../test/shipped-studies.js';
import { InvalidStudyError } from './invalid-study.error.js';
import { processStudy, type StudyOptions } from './study.js';

const SIX = words(1, 2, 3, 4, 5, 6);
const JPEG_LOSSLESS = '1.2.840.10008.1.2.4.70';
const RLE = '1.2.840.10008.1.2.5';
const JPEG_2000 = '1.2.840.10008.1.2.4.91';

function faultOf(files: readonly Uint8Array[], options?: StudyOptions): unknown {
  try {
    processStudy(files, options);
  } catch (error) {
    return error instanceof InvalidStudyError ? error.code : error;
  }
  return 'none';
}

/** SOF3 of 65,535 × 65,535. */
const LARGE_HEADER = [0xff, 0xc3, 0, 11, 16, 255, 255, 255, 255, 1, 1, 0x11, 0];

function withHeaderBefore(jpeg: Buffer): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from(LARGE_HEADER), jpeg.subarray(2)]);
}

/** A JPEG of headers alone, of the given size. */
function jpegHeaders(rows: number, columns: number, extra: number[] = []): Buffer {
  const frame = [0xff, 0xc3, 0, 11, 16, rows >> 8, rows & 255, columns >> 8, columns & 255, 1, 1, 0x11, 0];
  return Buffer.from([
    0xff,
    0xd8,
    ...frame,
    0xff,
    0xda,
    0,
    8,
    1,
    1,
    0,
    1,
    0,
    0,
    1,
    2,
    3,
    ...extra,
    0xff,
    0xd9,
  ]);
}

/** A JPEG 2000 codestream of SIZ and SOT alone. */
function jpeg2000Headers(width: number, height: number, tileWidth: number): Buffer {
  const siz = Buffer.alloc(2 + 41);
  siz.writeUInt16BE(0xff51, 0);
  siz.writeUInt16BE(41, 2);
  [width, height, 0, 0, tileWidth, height, 0, 0].forEach((value, index) =>
    siz.writeUInt32BE(value, 6 + index * 4),
  );
  siz.writeUInt16BE(1, 38);
  return Buffer.concat([
    Buffer.from([0xff, 0x4f]),
    siz,
    Buffer.from([0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1]),
  ]);
}

describe('files that are no study', () => {
  it('refuses none at all', () => {
    expect(faultOf([])).toBe('EMPTY');
  });

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['text', Buffer.from('Dear patient, '.repeat(100))],
    ['zeros', Buffer.alloc(10_000)],
  ])('refuses %s', (_, file) => {
    expect(faultOf([file])).toBe('NOT_DICOM');
  });

  it('refuses a header alone, and says which file is broken', () => {
    expect(faultOf([singleFile('rle').subarray(0, 132)])).toBe('CORRUPT');
    expect(() => processStudy([brainSlice(1), brainSlice(2).subarray(0, 9_000)])).toThrow(
      /^File 2 of 2: it has /,
    );
  });

  it.each(SINGLE_FILES)('refuses %s when it is cut off anywhere', (name) => {
    const file = singleFile(name);
    for (const part of [0.05, 0.3, 0.6, 0.9]) {
      expect(['CORRUPT', 'NOT_DICOM']).toContain(faultOf([file.subarray(0, Math.floor(file.length * part))]));
    }
  });
});

describe('files that are not one volume', () => {
  const SENT_TWICE = dicomFile({ elements: [[0x00080018, 'UI', '1.2.3.9']], pixels: SIX });
  const at = (z: number, instance: string, extra: Element[] = []) =>
    dicomFile({ elements: [...axialAt(z, instance), ...extra], pixels: SIX });

  it.each<[string, Buffer[]]>([
    ['of two series', [at(0, '1'), at(1, '2', [[0x0020000e, 'UI', '1.2.4']])]],
    [
      'of two sizes',
      [
        at(0, '1'),
        at(1, '2', [
          [0x00280010, 'US', 3],
          [0x00280011, 'US', 2],
        ]),
      ],
    ],
    ['sent twice', [SENT_TWICE, SENT_TWICE]],
    ['at one position', [at(0, '1'), at(0, '2')]],
    ['in several directions', [at(0, '1'), at(1, '2', [[0x00200037, 'DS', '1\\0\\0\\0\\0\\-1']])]],
  ])('refuses images %s', (_, files) => {
    expect(faultOf(files)).toBe('MIXED_SERIES');
    expect(faultOf([files[0]!])).toBe('none');
  });
});

describe('forms of DICOM that are not read', () => {
  it.each<[string, Element[]]>([
    [
      'colour',
      [
        [0x00280002, 'US', 3],
        [0x00280004, 'CS', 'RGB'],
      ],
    ],
    ['a palette', [[0x00280004, 'CS', 'PALETTE COLOR']]],
    [
      '32 bits',
      [
        [0x00280100, 'US', 32],
        [0x00280101, 'US', 32],
        [0x00280102, 'US', 31],
      ],
    ],
    ['bits stored high', [[0x00280101, 'US', 12]]],
  ])('refuses %s', (_, elements) => {
    expect(faultOf([dicomFile({ elements, pixels: SIX })])).toBe('UNSUPPORTED');
  });

  it('refuses a video, which daikon would hand out as pixels', () => {
    const file = dicomFile({ pixels: SIX, frames: [SIX], transferSyntax: '1.2.840.10008.1.2.4.100' });
    expect(faultOf([file])).toBe('UNSUPPORTED');
  });

  it('refuses JPEG 2000 in tiles, of which daikon hands out one', () => {
    const file = dicomFile({ pixels: SIX, frames: [jpeg2000Headers(3, 2, 2)], transferSyntax: JPEG_2000 });
    expect(faultOf([file])).toBe('UNSUPPORTED');
  });
});

describe('files that want more than their share', () => {
  it('holds the number of files, of rows and columns and of voxels to its limits', () => {
    const file = dicomFile({ pixels: SIX });
    expect(faultOf([file], { limits: { voxels: 6, side: 3, files: 1 } })).toBe('none');
    expect(faultOf([file], { limits: { voxels: 5 } })).toBe('TOO_LARGE');
    expect(faultOf([file], { limits: { side: 2 } })).toBe('TOO_LARGE');
    expect(faultOf([file], { limits: { files: 0 } })).toBe('TOO_LARGE');
  });

  it('does not decode what announces too much', () => {
    const elements: Element[] = [
      [0x00280008, 'IS', '999999999'],
      [0x00280010, 'US', 8_000],
      [0x00280011, 'US', 8_000],
    ];
    expect(faultOf([dicomFile({ elements, pixels: SIX })])).toBe('TOO_LARGE');
  });

  it('does not inflate a bomb', () => {
    const deflated = dicomFile({ pixels: words(1, 1, 1, 1, 1, 1), transferSyntax: '1.2.840.10008.1.2.1.99' });
    expect(faultOf([deflated])).toBe('none');
    const header = deflated.subarray(0, deflated.lastIndexOf('1.2.840.10008.1.2.1.99') + 22);
    const bomb = Buffer.concat([header, deflateRawSync(Buffer.alloc(8 * 1024 * 1024))]);
    expect(faultOf([bomb], { limits: { voxels: 1024 * 1024 } })).toBe('TOO_LARGE');
  });

  it.each<[string, string, Buffer[], string]>([
    ['a JPEG of another size', JPEG_LOSSLESS, [jpegHeaders(60_000, 60_000)], 'another size'],
    [
      'a JPEG with a header after the scan',
      JPEG_LOSSLESS,
      [jpegHeaders(2, 3, LARGE_HEADER)],
      'not a whole JPEG',
    ],
    ['a JPEG with two headers', JPEG_LOSSLESS, [withHeaderBefore(jpegHeaders(2, 3))], 'not a whole JPEG'],
    ['a JPEG 2000 of another size', JPEG_2000, [jpeg2000Headers(60_000, 60_000, 60_000)], 'another size'],
    [
      'more frames than announced',
      JPEG_LOSSLESS,
      [jpegHeaders(2, 3), jpegHeaders(2, 3)],
      '2 of the 1 frames',
    ],
    [
      'too many byte planes',
      RLE,
      [Buffer.from(new Uint32Array(16).fill(15).buffer)],
      'does not fit the header',
    ],
  ])('does not decode %s', (_, transferSyntax, frames, message) => {
    expect(() => processStudy([dicomFile({ pixels: SIX, frames, transferSyntax })])).toThrow(message);
  });
});
