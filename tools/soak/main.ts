/**
 * `npm run soak -- --minutes M`: finds the most that the built service does with mixed traffic, then runs it at half of
 * that and judges: no error, no growing memory. Exits with 1 where it doesn't hold. `--leak N` lets the service keep N
 * bytes more each second, to see that it is noticed.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { command, positiveNumber, wholeNumber } from '../../src/terminal/command.js';
import { Random } from '../chaos/random.js';
import { startProcess } from '../../test/support/app-process.js';
import { parseMetrics, total } from '../../test/support/prometheus.js';
import { createTemporaryFolder } from '../../test/support/temporary-folder.js';
import { Traffic } from './traffic.js';
import { BOUNDS, judge, type Sample } from './verdict.js';

const PEOPLE = 24;
const RAMP_SECONDS = 10;
const SAMPLE_SECONDS = 10;
const COLLECT_MS = 5_000;
/** Of each sample; the least of them follows closest on a collection. */
const READINGS = 20;

const { minutes, seed, leak } = command(
  'npm run soak --',
  `Finds the most that the built service does with mixed traffic, and runs it at half of that. Ends with 1 where it makes an
error or its memory grows.`,
)
  .option('--minutes <number>', 'how long', positiveNumber, 10)
  .option('--seed <number>', 'of the chance', wholeNumber(0), 1)
  .option(
    '--leak <bytes>',
    'let the service keep so many more each second, to see that it is noticed',
    wholeNumber(0),
    0,
  )
  .parse()
  .opts<{ minutes: number; seed: number; leak: number }>();

const folder = await createTemporaryFolder();
/** Loaded into the service before its own code: collects garbage, so that what is left can be read, and leaks on demand. */
const PRELUDE = `
  import v8 from 'node:v8';
  import vm from 'node:vm';
  v8.setFlagsFromString('--expose-gc');
  setInterval(vm.runInNewContext('gc'), ${COLLECT_MS}).unref();
  const kept = [];
  if (${leak} > 0) setInterval(() => kept.push(Array.from({ length: ${leak} / 8 }, Math.random)), 1000).unref();`;
const service = startProcess(folder, {
  LOG_LEVEL: 'warn',
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(PRELUDE)}`,
});
try {
  const url = await service.ready;
  const traffic = new Traffic(url, new Random(seed));
  await traffic.open(PEOPLE);
  // The first run warms up, the second is measured.
  await traffic.run(RAMP_SECONDS, Infinity);
  const most = await traffic.run(RAMP_SECONDS, Infinity);
  console.log(`at most ${most.toFixed(0)} steps/s with ${PEOPLE} people; ${minutes} min at half of it`);
  const samples: Sample[] = [];
  const watching = new AbortController();
  const watched = watch(url, samples, watching.signal);
  const reached = await traffic.run(minutes * 60, most / 2);
  watching.abort();
  await watched;
  report(samples, reached, traffic.errors);
} finally {
  service.child.kill('SIGTERM');
  const { errors } = await service.ended;
  if (errors) process.stderr.write(errors);
  await folder.remove();
}

/** Reads often and keeps the least, which is what a collection has just left. */
async function watch(url: string, samples: Sample[], signal: AbortSignal): Promise<void> {
  const start = performance.now();
  while (!signal.aborted) {
    const sample: Sample = { at: 0, heap: Infinity, resident: Infinity };
    for (let reading = 0; reading < READINGS && !signal.aborted; reading += 1) {
      const metrics = parseMetrics(await (await fetch(`${url}/metrics`)).text());
      sample.heap = Math.min(sample.heap, total(metrics, 'nodejs_heap_size_used_bytes'));
      sample.resident = Math.min(sample.resident, total(metrics, 'process_resident_memory_bytes'));
      await delay((SAMPLE_SECONDS * 1000) / READINGS, undefined, { signal }).catch(() => {});
    }
    sample.at = (performance.now() - start) / 1000;
    samples.push(sample);
    console.log(
      `${sample.at.toFixed(0).padStart(5)} s  heap ${mebibytes(sample.heap)}  resident ${mebibytes(sample.resident)}`,
    );
  }
}

function report(samples: readonly Sample[], reached: number, errors: ReadonlyMap<string, number>): void {
  const { heapSlope, residentSlope, isFlat } = judge(samples);
  console.log(`\n${reached.toFixed(0)} steps/s reached`);
  for (const [error, times] of errors) console.log(`ERROR (${times}×) ${error}`);
  const shown = (slope: number, bound: number) => `${(slope / 1000).toFixed(1)} kB/s (bound ${bound / 1000})`;
  console.log(
    `second half: heap ${shown(heapSlope, BOUNDS.heap)}, resident ${shown(residentSlope, BOUNDS.resident)}`,
  );
  const holds = isFlat && errors.size === 0;
  console.log(
    `memory ${isFlat ? 'flat' : 'GROWS'}, ${errors.size} kinds of errors: ${holds ? 'holds' : 'FAILS'}`,
  );
  if (!holds) process.exitCode = 1;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1).padStart(7)} MiB`;
}
