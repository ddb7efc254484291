import { Registry } from 'prom-client';
import { AskedGauge } from './asked-gauge.js';

function gauge(combine: 'sum' | 'max', labelName?: string) {
  const register = new Registry();
  const asked = new AskedGauge({
    name: 'x',
    help: 'x',
    register,
    combine,
    ...(labelName === undefined ? {} : { labelName }),
  });
  return {
    asked,
    shown: async () => (await register.metrics()).split('\n').filter((line) => line.startsWith('x')),
  };
}

describe('a gauge that is asked', () => {
  it('shows the sum, or the greatest, of those that have a part', async () => {
    for (const [combine, value] of [['sum', 5] as const, ['max', 3] as const]) {
      const { asked, shown } = gauge(combine);
      asked.from(() => 2);
      asked.from(async () => 3);
      expect(await shown()).toEqual([`x ${value}`]);
    }
  });

  it('keeps labels apart, and forgets who has ended', async () => {
    const { asked, shown } = gauge('sum', 'kind');
    asked.from(() => 1, 'a');
    const end = asked.from(() => 7, 'b');
    expect(await shown()).toEqual(['x{kind="a"} 1', 'x{kind="b"} 7']);
    end();
    expect(await shown()).toEqual(['x{kind="a"} 1']);
  });

  it('shows nothing, and keeps nobody else’s value back, where it can’t be told', async () => {
    const { asked, shown } = gauge('max');
    expect(await shown()).toEqual([]);
    asked.from(() => 1);
    expect(await shown()).toEqual(['x 1']);
    asked.from(() => Promise.reject(new Error('the database is away')));
    expect(await shown()).toEqual([]);
  });
});
