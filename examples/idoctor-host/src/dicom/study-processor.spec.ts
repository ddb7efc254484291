import { brainSlice } from '../../test/shipped-studies.js';
import { sourceWorker as worker } from '../../test/worker.js';
import { StudyProcessor, type StudyProcessorOptions, StudyQueueFullError } from './study-processor.js';
import { processStudy } from './study.js';

function processor(options: Partial<StudyProcessorOptions> = {}): StudyProcessor {
  return new StudyProcessor({ worker, ...options });
}

describe('StudyProcessor', () => {
  it('answers as the processing itself does', async () => {
    const files = [brainSlice(1)];
    const { facts, preview } = await processor().process(files, { threshold: 300 });
    const expected = processStudy(files, { threshold: 300 });
    expect(facts).toEqual(expected.facts);
    expect(Buffer.from(preview)).toEqual(Buffer.from(expected.preview));
  });

  it('brings the fault of a study back', async () => {
    await expect(processor().process([Buffer.from('no')])).rejects.toMatchObject({
      name: 'InvalidStudyError',
      code: 'NOT_DICOM',
      message: 'File 1 of 1: it is not a DICOM file.',
    });
  });

  it('ends a study that takes too long', async () => {
    const endless = { url: new URL('data:text/javascript,for(;;);'), execArgv: [] };
    await expect(processor({ worker: endless, timeLimitMs: 50 }).process([])).rejects.toMatchObject({
      code: 'TOO_COSTLY',
    });
  });

  it('ends a study that takes too much memory', async () => {
    const program = 'for(var a=[];a.length<40;)a.push(Array(1e6).fill(.5))';
    const hoarder = { url: new URL(`data:text/javascript,${program}`), execArgv: [] };
    await expect(processor({ worker: hoarder, heapLimitMb: 32 }).process([])).rejects.toMatchObject({
      code: 'TOO_COSTLY',
    });
  });

  it.each([
    ['ends', 'process.exit(3)', 'ended with code 3'],
    ['fails', 'throw new Error("a fault of ours")', 'a fault of ours'],
  ])('does not blame the study when its worker %s', async (_, code, message) => {
    const broken = { url: new URL(`data:text/javascript,${code}`), execArgv: [] };
    const failure = await processor({ worker: broken })
      .process([])
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'Error', message: expect.stringContaining(message) });
  });

  it('refuses a study when too many wait, and goes on when they are done', async () => {
    const busy = processor({ concurrency: 1, queue: 1 });
    const file = brainSlice(1);
    const accepted = [busy.process([file]), busy.process([file])];
    await expect(busy.process([file])).rejects.toBeInstanceOf(StudyQueueFullError);
    await Promise.all(accepted);
    await expect(busy.process([file])).resolves.toMatchObject({ facts: { slices: 1 } });
  });
});
