import { PNG } from 'pngjs';
import { type Element, axialAt, dicomFile, words } from '../../test/dicom-file.js';
import { otsuThreshold } from './intensity.js';
import { processStudy } from './study.js';

function study(pixels: Buffer, elements: Element[] = []) {
  return processStudy([dicomFile({ pixels, elements })]);
}

describe('intensities', () => {
  it('applies the rescale slope and intercept', () => {
    const { intensity } = study(words(0, 1, 2, 3, 4, 5), [
      [0x00281052, 'DS', '-1000'],
      [0x00281053, 'DS', '2.5'],
    ]).facts;
    expect(intensity).toMatchObject({ min: -1_000, max: -987.5, mean: -993.75, unit: null });
  });

  it('reads a CT in Hounsfield units, unless it names others', () => {
    const ct: Element = [0x00080060, 'CS', 'CT'];
    expect(study(words(0, 1, 2, 3, 4, 5), [ct]).facts.intensity.unit).toBe('HU');
    expect(study(words(0, 1, 2, 3, 4, 5), [ct, [0x00281054, 'LO', 'US']]).facts.intensity.unit).toBeNull();
  });

  it('leaves padding out of every number', () => {
    const { facts } = study(words(-2_000, -2_000, 10, 20, 30, 40), [[0x00280120, 'SS', -2_000]]);
    expect(facts.intensity).toMatchObject({ min: 10, max: 40, mean: 25, paddingVoxels: 2 });
  });

  it('refuses a study of padding alone', () => {
    expect(() => study(words(7, 7, 7, 7, 7, 7), [[0x00280120, 'SS', 7]])).toThrow('only padding');
  });

  it('ignores the bits above those stored, and extends the sign of the rest', () => {
    const twelve: Element[] = [
      [0x00280101, 'US', 12],
      [0x00280102, 'US', 11],
    ];
    const pixels = words(0xf001, 0x0fff, 0x7ffe, 0, 1, 2);
    expect(study(pixels, twelve).facts.intensity).toMatchObject({ min: -2, max: 2 });
    const unsigned: Element = [0x00280103, 'US', 0];
    expect(study(pixels, [...twelve, unsigned]).facts.intensity).toMatchObject({ min: 0, max: 4_095 });
  });

  it('puts a study of one intensity into one bin', () => {
    const { intensity, volume } = study(words(5, 5, 5, 5, 5, 5)).facts;
    expect(intensity.histogram).toEqual({ from: 5, to: 5, binWidth: 0, counts: [6] });
    expect(volume).toMatchObject({ threshold: 5, voxels: 6 });
  });
});

describe('the threshold of Otsu', () => {
  it('parts two heaps', () => {
    const counts = [2, 8, 2, 0, 0, 0, 0, 3, 9, 3];
    const threshold = otsuThreshold({ from: 100, to: 200, binWidth: 10, counts });
    expect(threshold).toBeGreaterThanOrEqual(130);
    expect(threshold).toBeLessThanOrEqual(170);
  });

  it('agrees with a search through every threshold', () => {
    const counts = [5, 9, 14, 7, 3, 1, 2, 6, 8, 4, 2];
    const variance = (parts: number[]) => {
      const total = parts.reduce((sum, count) => sum + count, 0);
      const mean = parts.reduce((sum, count, bin) => sum + count * bin, 0) / total;
      return parts.reduce((sum, count, bin) => sum + count * (bin - mean) ** 2, 0);
    };
    // Otsu's criterion the other way about: the least variance within the two classes.
    const within = counts
      .slice(1)
      .map((_, at) => variance(counts.slice(0, at + 1)) + variance(counts.slice(at + 1)));
    const best = within.indexOf(Math.min(...within)) + 1;
    expect(otsuThreshold({ from: 0, to: 11, binWidth: 1, counts })).toBe(best);
  });
});

describe('the preview', () => {
  const pixels = words(0, 100, 200, 300, 400, 500);
  const grays = (elements: Element[]) => {
    const { data } = PNG.sync.read(Buffer.from(study(pixels, elements).preview));
    return Array.from({ length: 6 }, (_, index) => data[index * 4]);
  };

  it('shows the window that the file names', () => {
    const window: Element[] = [
      [0x00281050, 'DS', '200.5'],
      [0x00281051, 'DS', '201'],
    ];
    expect(grays(window)).toEqual([0, 0, 128, 255, 255, 255]);
    expect(grays([...window, [0x00280004, 'CS', 'MONOCHROME1']])).toEqual([255, 255, 127, 0, 0, 0]);
  });

  it('takes a window of its own for a width of zero', () => {
    const shown = grays([
      [0x00281050, 'DS', '0'],
      [0x00281051, 'DS', '0'],
    ]);
    expect([shown[0], shown[5]]).toEqual([0, 255]);
    expect(new Set(shown).size).toBe(6);
  });

  it('thins out an image that is too large to show', () => {
    const elements: Element[] = [
      [0x00280010, 'US', 2],
      [0x00280011, 'US', 2_500],
    ];
    const { width, height } = PNG.sync.read(Buffer.from(study(Buffer.alloc(10_000, 1), elements).preview));
    expect([width, height]).toEqual([834, 1]);
  });
});

describe('a volume of frames', () => {
  it('has the spacing that the file names, unless the frames follow in time', () => {
    const elements: Element[] = [...axialAt(0, '1'), [0x00280008, 'IS', '2'], [0x00180088, 'DS', '4']];
    const pixels = words(0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9);
    expect(study(pixels, elements).facts.volume).toMatchObject({ voxels: 6, millilitres: 0.024 });
    expect(study(pixels, [...elements, [0x00181063, 'DS', '40']]).facts.volume.millilitres).toBeNull();
  });
});

describe('a stack of slices', () => {
  const stack = (directions: string) =>
    [0, 2].map((z) =>
      dicomFile({
        pixels: words(0, 0, 0, 9, 9, 9),
        elements: [...axialAt(z, `${z}`), [0x00200037, 'DS', directions]],
      }),
    );

  it('has the distance between its slices for their spacing', () => {
    expect(processStudy(stack('1\\0\\0\\0\\1\\0')).facts.volume.millilitres).toBe(0.012);
  });

  it('has none where the directions make no sense', () => {
    expect(processStudy(stack('1\\0\\0\\1\\0\\0')).facts.geometry).toMatchObject({ sliceSpacing: null });
  });
});
