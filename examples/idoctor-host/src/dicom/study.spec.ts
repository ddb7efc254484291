import daikon from 'daikon';
import { PNG } from 'pngjs';
import { SINGLE_FILES, brainSlice, brainVolume, singleFile } from '../../test/shipped-studies.js';
import { sourceWorker } from '../../test/worker.js';
import { StudyProcessor } from './study-processor.js';
import type { ProcessedStudy } from './study.js';

const processor = new StudyProcessor({ worker: sourceWorker });

/** Reads the little-endian 16-bit pixel data where it lies, without any DICOM library. */
function rawSlice(file: Buffer): number[] {
  const head = file.indexOf(Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x57]));
  const length = file.readUInt32LE(head + 8);
  return Array.from({ length: length / 2 }, (_, index) => file.readInt16LE(head + 12 + index * 2));
}

const EXPECTED: Record<
  (typeof SINGLE_FILES)[number],
  [modality: string, slices: number, rows: number, columns: number]
> = {
  deflated: ['OT', 1, 512, 512],
  explicit_big: ['MR', 1, 256, 256],
  explicit_little: ['MR', 16, 256, 256],
  implicit_little: ['MR', 1, 256, 256],
  jpeg_2000: ['CT', 1, 512, 512],
  jpeg_baseline_8bit: ['XA', 96, 512, 512],
  jpeg_lossless_sel1: ['CT', 1, 400, 512],
  jpeg_ls: ['MR', 1, 1024, 1024],
  rle: ['CT', 1, 512, 512],
};

describe('a study of one file', () => {
  it.each(SINGLE_FILES)('reads %s', async (name) => {
    const { facts, preview } = await processor.process([singleFile(name)]);
    const { modality, slices, geometry, intensity } = facts;
    expect([modality, slices, geometry.rows, geometry.columns]).toEqual(EXPECTED[name]);
    const counted = intensity.histogram.counts.reduce((sum, count) => sum + count, 0);
    expect(counted + intensity.paddingVoxels).toBe(slices * geometry.rows * geometry.columns);
    const png = PNG.sync.read(Buffer.from(preview));
    expect([png.height, png.width]).toEqual([geometry.rows, geometry.columns]);
  });

  it('reads the same image alike in both byte orders', async () => {
    const big = await processor.process([singleFile('explicit_big')]);
    const little = await processor.process([brainSlice(13)]);
    expect(big.facts.intensity).toEqual(little.facts.intensity);
    expect(Buffer.from(big.preview)).toEqual(Buffer.from(little.preview));
    expect(big.facts.transferSyntaxes).toEqual([
      { uid: '1.2.840.10008.1.2.2', name: 'Explicit VR Big Endian' },
    ]);
  });

  it('gives the volume of a single slice by its thickness, and none where spacing is unknown', async () => {
    const slice = (await processor.process([singleFile('jpeg_lossless_sel1')])).facts;
    expect(slice.volume.millilitres).toBeCloseTo(slice.volume.voxels / 1_000, 9);
    expect((await processor.process([singleFile('explicit_little')])).facts.volume.millilitres).toBeNull();
  });
});

describe('the 20-slice MR volume', () => {
  const files = brainVolume();
  const voxels = files.flatMap((file) => rawSlice(file)).filter((value) => value !== 0);
  let facts: ProcessedStudy['facts'];
  let preview: ProcessedStudy['preview'];

  beforeAll(async () => {
    ({ facts, preview } = await processor.process(files, { threshold: 300 }));
  });

  it('knows its geometry', () => {
    expect(facts.geometry).toMatchObject({
      rows: 256,
      columns: 256,
      pixelSpacing: [0.859375, 0.859375],
      sliceThickness: 5,
      evenlySpaced: true,
      orientation: 'axial',
    });
    // The first and the last position, projected on (0, -0.134158, 0.99096), over 19 gaps.
    expect(facts.geometry.sliceSpacing).toBeCloseTo((17.9 * 0.134158 + 131.8 * 0.99096) / 19, 6);
    expect(facts.geometry.extent?.width).toBe(220);
    expect(facts.geometry.extent?.depth).toBeCloseTo(140.01, 2);
  });

  it('measures what an independent reader of the pixel data measures', () => {
    const sum = voxels.reduce((total, value) => total + value, 0);
    const { min, max, mean, paddingVoxels, standardDeviation } = facts.intensity;
    expect([min, max, paddingVoxels]).toEqual([1, 1059, 20 * 256 * 256 - voxels.length]);
    expect(mean).toBeCloseTo(sum / voxels.length, 9);
    const squares = voxels.reduce((total, value) => total + value ** 2, 0);
    expect(standardDeviation).toBeCloseTo(Math.sqrt(squares / voxels.length - mean ** 2), 6);
  });

  it('measures the volume above a given threshold', () => {
    const above = voxels.filter((value) => value >= 300).length;
    expect(facts.volume).toMatchObject({ threshold: 300, method: 'given', voxels: above });
    expect(facts.volume.millilitres).toBeCloseTo((above * 0.859375 ** 2 * 7.0005240105) / 1_000, 4);
  });

  it('finds a threshold of its own between air and tissue', async () => {
    const { threshold, method } = (await processor.process(files)).facts.volume;
    expect(method).toBe('otsu');
    const inside = (low: number, high: number) =>
      voxels.filter((value) => value >= low && value < high).length;
    expect(inside(threshold - 50, threshold + 50)).toBeLessThan(inside(0, 100) / 4);
  });

  it('does not depend on the order in which the files come', async () => {
    const shuffled = files.map((_, index) => files[(index * 7 + 3) % files.length]!);
    expect((await processor.process(shuffled, { threshold: 300 })).facts).toEqual(facts);
  });

  it('shows the middle slice', async () => {
    expect(Buffer.from(preview)).toEqual(Buffer.from((await processor.process([brainSlice(10)])).preview));
  });

  it('says that slices are missing', async () => {
    expect(
      (await processor.process(files.filter((_, index) => index !== 4))).facts.geometry.evenlySpaced,
    ).toBe(false);
  });

  it('does not say whom it shows', () => {
    const bytes = new Uint8Array(files[0]!);
    const image = new daikon.Parser().parse(new DataView(bytes.buffer));
    const identity = [0x0010, 0x0020].map((tag) => String(image?.getTag(0x0010, tag)?.value));
    const answer = JSON.stringify(facts);
    for (const word of identity.filter((text) => text.length > 3)) expect(answer).not.toContain(word);
  });
});
