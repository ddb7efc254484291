/** How an encapsulated frame is coded; `null` stands for pixels stored as they are. */
export type FrameCoding = 'jpeg' | 'jpeg2000' | 'rle' | null;

export interface TransferSyntax {
  uid: string;
  name: string;
  coding: FrameCoding;
}

/** DICOM's default where a file names none (PS3.5 section 10.1). */
const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';

/**
 * Those that daikon decodes (names: PS3.6 table A-1). A list of what is allowed, because daikon recognises
 * syntaxes by their beginning and would hand out an MPEG stream as if it were pixels.
 */
const READABLE: readonly TransferSyntax[] = [
  { uid: IMPLICIT_LITTLE_ENDIAN, name: 'Implicit VR Little Endian', coding: null },
  { uid: '1.2.840.10008.1.2.1', name: 'Explicit VR Little Endian', coding: null },
  { uid: '1.2.840.10008.1.2.1.99', name: 'Deflated Explicit VR Little Endian', coding: null },
  { uid: '1.2.840.10008.1.2.2', name: 'Explicit VR Big Endian', coding: null },
  { uid: '1.2.840.10008.1.2.4.50', name: 'JPEG Baseline', coding: 'jpeg' },
  { uid: '1.2.840.10008.1.2.4.51', name: 'JPEG Extended', coding: 'jpeg' },
  { uid: '1.2.840.10008.1.2.4.57', name: 'JPEG Lossless', coding: 'jpeg' },
  { uid: '1.2.840.10008.1.2.4.70', name: 'JPEG Lossless SV1', coding: 'jpeg' },
  { uid: '1.2.840.10008.1.2.4.80', name: 'JPEG-LS Lossless', coding: 'jpeg' },
  { uid: '1.2.840.10008.1.2.4.81', name: 'JPEG-LS Near-Lossless', coding: 'jpeg' },
  { uid: '1.2.840.10008.1.2.4.90', name: 'JPEG 2000 Lossless', coding: 'jpeg2000' },
  { uid: '1.2.840.10008.1.2.4.91', name: 'JPEG 2000', coding: 'jpeg2000' },
  { uid: '1.2.840.10008.1.2.5', name: 'RLE Lossless', coding: 'rle' },
];

/** The transfer syntax of that UID, or `undefined` when it is not one that can be read here. */
export function transferSyntaxOf(uid: string | null): TransferSyntax | undefined {
  return READABLE.find((syntax) => syntax.uid === (uid ?? IMPLICIT_LITTLE_ENDIAN));
}
