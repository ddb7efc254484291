/** The part of daikon 1.2 that the host uses; the package ships no types. */
declare module 'daikon' {
  export type TagValue = string | number | (string | number | Date | Tag)[] | DataView | null;

  export interface Tag {
    value: TagValue;
    offsetValue: number;
    offsetEnd: number;
  }

  export class Image {
    littleEndian: boolean;
    /** A tag of the data set, or of any sequence in it when the data set itself lacks it. */
    getTag(group: number, element: number): Tag | undefined;
    hasPixelData(): boolean;
    isCompressed(): boolean;
    getEncapsulatedData(): Tag[];
    getJpegs(): ArrayBuffer[];
    getRLE(): ArrayBuffer[];
    /** Decompressed pixel data of all frames. */
    getRawData(): ArrayBuffer;
    getAcquiredSliceDirection(): number | undefined;
  }

  export class Parser {
    error: unknown;
    needsDeflate: boolean;
    metaFinishedOffset: number;
    parse(data: DataView): Image | null;
    getNextTag(data: DataView, offset: number, testForTag?: boolean): Tag | null;
  }

  const daikon: { Parser: typeof Parser; Image: typeof Image };
  export default daikon;
}
