import { judge, slope, type Sample } from '../../tools/soak/verdict.js';

const MIB = 2 ** 20;

/** Ten minutes, a sample each ten seconds. */
function run(heapAt: (seconds: number) => number): Sample[] {
  return Array.from({ length: 60 }, (_, index) => {
    const at = 10 * (index + 1);
    return { at, heap: heapAt(at), resident: 300 * MIB };
  });
}

describe('the verdict of a soak', () => {
  it('takes the slope of the line with the least squares', () => {
    expect(
      slope([
        [0, 1],
        [1, 3],
        [2, 5],
      ]),
    ).toBeCloseTo(2);
    expect(
      slope([
        [0, 1],
        [1, 0],
        [2, 1],
        [3, 0],
      ]),
    ).toBeCloseTo(-0.2);
    expect(slope([[0, 1]])).toBe(0);
  });

  it('lets a service warm up, and garbage come and go', () => {
    const warming = (at: number) => (at < 200 ? at * MIB * 0.5 : 100 * MIB);
    expect(judge(run((at) => warming(at) + (at % 30) * 100_000)).isFlat).toBe(true);
  });

  it('notices a leak of 80 kB a second', () => {
    expect(judge(run((at) => 80 * MIB + at * 80_000 + (at % 30) * 100_000)).isFlat).toBe(false);
  });

  it('notices memory that grows outside the heap', () => {
    const samples = run(() => 80 * MIB).map((sample) => ({ ...sample, resident: sample.at * 200_000 }));
    expect(judge(samples).isFlat).toBe(false);
  });
});
