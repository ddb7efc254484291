import { deflateRawSync } from 'node:zlib';

export type Element = [tag: number, vr: string, value: Buffer | string | number];

export const EXPLICIT_LITTLE = '1.2.840.10008.1.2.1';

function valueBytes(vr: string, value: Element[2]): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (typeof value === 'string')
    return Buffer.from(value.length % 2 ? `${value}${vr === 'UI' ? '\0' : ' '}` : value);
  const bytes = Buffer.alloc(vr === 'UL' ? 4 : 2);
  if (vr === 'UL') bytes.writeUInt32LE(value);
  else if (vr === 'SS') bytes.writeInt16LE(value);
  else bytes.writeUInt16LE(value);
  return bytes;
}

/** One element in Explicit VR Little Endian (PS3.5 section 7.1.2). */
function element([tag, vr, value]: Element, undefinedLength = false): Buffer {
  const bytes = valueBytes(vr, value);
  const long = ['OB', 'OW', 'SQ', 'UN', 'UT'].includes(vr);
  const head = Buffer.alloc(long ? 12 : 8);
  head.writeUInt16LE(tag >>> 16, 0);
  head.writeUInt16LE(tag & 0xffff, 2);
  head.write(vr, 4, 'latin1');
  if (long) head.writeUInt32LE(undefinedLength ? 0xffffffff : bytes.length, 8);
  else head.writeUInt16LE(bytes.length, 6);
  return Buffer.concat([head, bytes]);
}

function item(tag: number, bytes: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(0xfffe, 0);
  head.writeUInt16LE(tag, 2);
  head.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

/** The value of an encapsulated pixel data element: an empty offset table and one fragment a frame (annex A.4). */
function encapsulated(frames: readonly Buffer[]): Buffer {
  const items = frames.map((frame) =>
    item(0xe000, frame.length % 2 ? Buffer.concat([frame, Buffer.alloc(1)]) : frame),
  );
  return Buffer.concat([item(0xe000, Buffer.alloc(0)), ...items, item(0xe0dd, Buffer.alloc(0))]);
}

/**
 * A small DICOM file: 2 × 3 pixels of 16 bits, MONOCHROME2, unless `elements` say otherwise (a later element
 * replaces an earlier one of the same tag).
 */
export function dicomFile(options: {
  elements?: readonly Element[];
  pixels: Buffer;
  frames?: readonly Buffer[];
  transferSyntax?: string;
}): Buffer {
  const syntax = options.transferSyntax ?? EXPLICIT_LITTLE;
  const meta = element([0x00020010, 'UI', syntax]);
  const elements = new Map<number, Element>();
  for (const each of [...DEFAULTS, ...(options.elements ?? [])]) elements.set(each[0], each);
  const dataSet = Buffer.concat([
    ...[...elements.values()].sort(([a], [b]) => a - b).map((each) => element(each)),
    options.frames
      ? element([0x7fe00010, 'OB', encapsulated(options.frames)], true)
      : element([0x7fe00010, 'OW', options.pixels]),
  ]);
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    element([0x00020000, 'UL', meta.length]),
    meta,
    syntax === '1.2.840.10008.1.2.1.99' ? deflateRawSync(dataSet) : dataSet,
  ]);
}

const DEFAULTS: readonly Element[] = [
  [0x00080060, 'CS', 'MR'],
  [0x0020000e, 'UI', '1.2.3'],
  [0x00280002, 'US', 1],
  [0x00280004, 'CS', 'MONOCHROME2'],
  [0x00280010, 'US', 2],
  [0x00280011, 'US', 3],
  [0x00280100, 'US', 16],
  [0x00280101, 'US', 16],
  [0x00280102, 'US', 15],
  [0x00280103, 'US', 1],
];

/** Pixel data of 16 bits, little endian. */
export function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16LE(value & 0xffff, index * 2));
  return bytes;
}

/** An axial slice of 1 mm pixels at that height. */
export function axialAt(z: number, instance: string): Element[] {
  return [
    [0x00080018, 'UI', `1.2.3.${instance}`],
    [0x00200032, 'DS', `0\\0\\${z}`],
    [0x00200037, 'DS', '1\\0\\0\\0\\1\\0'],
    [0x00280030, 'DS', '1\\1'],
  ];
}
