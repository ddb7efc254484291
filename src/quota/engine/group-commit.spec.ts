import { Problem } from '../../problems/problem.js';
import { GroupCommit, UnknownOutcome, type BatchWork, type GroupCommitOptions } from './group-commit.js';

/** A batch under way, that a test ends as it likes. */
interface Run {
  batch: readonly string[];
  again: boolean;
  answer(): void;
  fail(error: unknown): void;
}

const OPTIONS: GroupCommitOptions = { lanes: 1, maxBatch: 100, maxWaiting: 1000, patienceMs: 60_000 };

const sqlError = (code: string) => Object.assign(new Error(`database says ${code}`), { code });
const LOST = sqlError('57P01');
const REFUSED = sqlError('ECONNREFUSED');

function grouping(
  options: Partial<GroupCommitOptions> = {},
  work: Partial<BatchWork<string, string, object>> = {},
) {
  const runs: Run[] = [];
  const waiters: (() => void)[] = [];
  const group = new GroupCommit<string, string, object>(
    {
      connect: () => Promise.resolve({}),
      release: () => {},
      isWanted: () => false,
      isBusy: () => false,
      laneOf: (request) => request.split(':')[0]!,
      run: (_connection, batch, again) =>
        new Promise((resolve, reject) => {
          runs.push({
            batch,
            again,
            fail: reject,
            answer: () => resolve(batch.map((name) => `${name} done`)),
          });
          for (const waiter of waiters.splice(0)) waiter();
        }),
      ...work,
    },
    { ...OPTIONS, ...options },
  );
  /** The run of that number, counted from 0, as soon as it has begun. */
  const run = async (index: number): Promise<Run> => {
    while (runs.length <= index) await new Promise<void>((resolve) => waiters.push(resolve));
    return runs[index]!;
  };
  const submit = (...names: string[]) => names.map((name) => group.submit(name));
  return { group, runs, run, submit };
}

/** What became of each: its answer, or its error's code. */
async function outcomes(answers: Promise<string>[]): Promise<string[]> {
  return (await Promise.allSettled(answers)).map((result) =>
    result.status === 'fulfilled' ? result.value : String((result.reason as Problem).code),
  );
}

describe('group commit', () => {
  it('sends one that is alone at once, and those that come meanwhile as one batch', async () => {
    const { run, submit, runs } = grouping();
    const answers = submit('a');
    const first = await run(0);
    expect(first.batch).toEqual(['a']);
    answers.push(...submit('b', 'c', 'd'));
    first.answer();
    const second = await run(1);
    expect(second.batch).toEqual(['b', 'c', 'd']);
    second.answer();
    expect(await outcomes(answers)).toEqual(['a done', 'b done', 'c done', 'd done']);
    expect(runs).toHaveLength(2);
  });

  it('starts anew after it was idle', async () => {
    const { run, submit } = grouping();
    for (const index of [0, 1, 2]) {
      const answers = submit(`a${index}`);
      (await run(index)).answer();
      expect(await outcomes(answers)).toEqual([`a${index} done`]);
    }
  });

  it('answers in the order of arrival, and only after the commit', async () => {
    const { run, submit } = grouping();
    const order: string[] = [];
    const answers = submit('a', 'b', 'c').map((answer) => answer.then((text) => order.push(text)));
    const first = await run(0);
    expect(order).toEqual([]);
    first.answer();
    await Promise.all(answers);
    expect(order).toEqual(['a done', 'b done', 'c done']);
  });

  it('carries no more than a batch’s share at once', async () => {
    const { run, submit } = grouping({ maxBatch: 2 });
    const answers = submit('a', 'b', 'c', 'd', 'e');
    for (const [index, batch] of [['a', 'b'], ['c', 'd'], ['e']].entries()) {
      expect((await run(index)).batch).toEqual(batch);
      (await run(index)).answer();
    }
    await Promise.all(answers);
  });

  it('keeps an account in its lane, and lets others go beside it', async () => {
    const { run, submit, runs } = grouping({ lanes: 2 });
    // Two accounts that the hash puts into different lanes.
    const answers = submit('a:1', 'b:1');
    await Promise.all([run(0), run(1)]);
    answers.push(...submit('a:2', 'b:2'));
    const [first, second] = await Promise.all([run(0), run(1)]);
    expect([first.batch, second.batch]).toEqual([['a:1'], ['b:1']]);
    first.answer();
    expect((await run(2)).batch).toEqual(['a:2']);
    expect(runs).toHaveLength(3);
    second.answer();
    for (const index of [2, 3]) (await run(index)).answer();
    await Promise.all(answers);
  });

  it('takes all into one lane while the process has no time to spare, and in both again when it has', async () => {
    let busy = true;
    const { run, submit } = grouping({ lanes: 2 }, { isBusy: () => busy });
    const answers = submit('a:1', 'b:1');
    expect((await run(0)).batch).toEqual(['a:1', 'b:1']);
    busy = false;
    answers.push(...submit('a:2', 'b:2'));
    const beside = await run(1);
    (await run(0)).answer();
    const after = await run(2);
    expect([beside.batch, after.batch].sort()).toEqual([['a:2'], ['b:2']]);
    beside.answer();
    after.answer();
    await Promise.all(answers);
  });

  it('lets two of one identity never share a batch, and keeps their order', async () => {
    const { run, submit } = grouping({}, { identityOf: (request) => request.slice(0, 1) });
    const answers = submit('a1', 'b1', 'a2', 'b2', 'a3', 'c1');
    for (const [index, batch] of [['a1', 'b1', 'c1'], ['a2', 'b2'], ['a3']].entries()) {
      expect((await run(index)).batch).toEqual(batch);
      (await run(index)).answer();
    }
    await Promise.all(answers);
  });

  it('lets a bad member fail alone', async () => {
    const bad = new Set(['c', 'h']);
    const batches: string[] = [];
    const { submit } = grouping(
      {},
      {
        run: (_connection, batch) => {
          batches.push(batch.join(''));
          if (batch.some((name) => bad.has(name))) return Promise.reject(sqlError('22P05'));
          return Promise.resolve(batch.map((name) => `${name} done`));
        },
      },
    );
    const names = [...'abcdefgh'];
    expect(await outcomes(submit(...names))).toEqual(
      names.map((name) => (bad.has(name) ? '22P05' : `${name} done`)),
    );
    expect(batches[0]).toBe('abcdefgh');
    expect(batches.length).toBeLessThan(12);
  });

  it('fails a batch as a whole for what is nobody’s own fault', async () => {
    const { run, submit, runs } = grouping();
    const answers = submit('a', 'b');
    (await run(0)).fail(sqlError('42P01'));
    expect(await outcomes(answers)).toEqual(['42P01', '42P01']);
    expect(runs).toHaveLength(1);
  });

  it('runs again after a deadlock or a serialization failure, but not for ever', async () => {
    const { run, submit } = grouping();
    const answers = submit('a', 'b');
    (await run(0)).fail(sqlError('40P01'));
    (await run(1)).fail(sqlError('40001'));
    expect((await run(2)).batch).toEqual(['a', 'b']);
    (await run(2)).answer();
    expect(await outcomes(answers)).toEqual(['a done', 'b done']);

    let times = 0;
    const stubborn = grouping({}, { run: () => Promise.reject(((times += 1), sqlError('40001'))) });
    expect(await outcomes(stubborn.submit('a'))).toEqual(['40001']);
    expect(times).toBe(20);
  });

  it('asks again what became of a batch whose connection was lost, through whatever comes between', async () => {
    const { run, submit } = grouping();
    const answers = submit('a', 'b');
    const first = await run(0);
    expect(first.again).toBe(false);
    first.fail(LOST);
    (await run(1)).fail(REFUSED);
    (await run(2)).fail(sqlError('57P03'));
    const last = await run(3);
    expect([last.batch, last.again]).toEqual([['a', 'b'], true]);
    last.answer();
    expect(await outcomes(answers)).toEqual(['a done', 'b done']);
  });

  it('says so at once where nothing was sent', async () => {
    const { run, submit, runs } = grouping();
    const answers = submit('a', 'b');
    (await run(0)).fail(REFUSED);
    expect(await outcomes(answers)).toEqual(['ECONNREFUSED', 'ECONNREFUSED']);
    expect(runs).toHaveLength(1);
  });

  it('admits in the end that it doesn’t know, and asks the caller to come back', async () => {
    const { group } = grouping({ patienceMs: 0 }, { run: () => Promise.reject(LOST) });
    const error: unknown = await group.submit('a').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UnknownOutcome);
    expect((error as UnknownOutcome).facts.retryAfterSeconds).toBe(1);
    expect((error as UnknownOutcome).getStatus()).toBe(503);
  });

  it('sends the next batch before it answers the last, so that the database never waits for the callers', async () => {
    const { run, submit, runs } = grouping();
    const begun: number[] = [];
    const answers = submit('a').map((answer) => answer.then(() => begun.push(runs.length)));
    const first = await run(0);
    answers.push(...submit('b').map((answer) => answer.then(() => begun.push(runs.length))));
    first.answer();
    (await run(1)).answer();
    await Promise.all(answers);
    expect(begun).toEqual([2, 2]);
  });

  describe('keeps a connection', () => {
    /** Each connection is known by its number, from 1. */
    function connected(isWanted = () => false) {
      const used: unknown[] = [];
      const released: [unknown, boolean][] = [];
      let made = 0;
      let fail: unknown = null;
      const { submit } = grouping(
        { maxBatch: 1 },
        {
          connect: () => Promise.resolve({ number: (made += 1) }),
          release: (connection, isBroken) =>
            released.push([(connection as { number: number }).number, isBroken]),
          isWanted,
          run: (connection, batch) => {
            used.push((connection as { number: number }).number);
            const error = fail;
            fail = null;
            return error ? Promise.reject(error) : Promise.resolve(batch.map((name) => `${name} done`));
          },
        },
      );
      return { submit, used, released, failOnce: (error: unknown) => (fail = error) };
    }

    it('while there is work, and gives it back', async () => {
      const { submit, used, released } = connected();
      await Promise.all(submit('a', 'b', 'c'));
      expect([used, released]).toEqual([[1, 1, 1], [[1, false]]]);
      await Promise.all(submit('d'));
      expect([used.at(-1), released.at(-1)]).toEqual([2, [2, false]]);
    });

    it('but gives it back after each batch where others wait for one', async () => {
      const { submit, used, released } = connected(() => true);
      await Promise.all(submit('a', 'b'));
      expect(used).toEqual([1, 2]);
      expect(released).toEqual([
        [1, false],
        [2, false],
      ]);
    });

    it.each([
      ['after a deadlock', sqlError('40P01'), [1, 1], [[1, false]]],
      [
        'but not after it was lost',
        LOST,
        [1, 2],
        [
          [1, true],
          [2, false],
        ],
      ],
    ])('%s', async (_when, error, connections, back) => {
      const { submit, used, released, failOnce } = connected();
      failOnce(error);
      expect(await outcomes(submit('a'))).toEqual(['a done']);
      expect([used, released]).toEqual([connections, back]);
    });
  });

  it('refuses more than may wait, and takes them again when there is room', async () => {
    const { group, run, submit } = grouping({ maxWaiting: 3 });
    const answers = submit('a', 'b', 'c', 'd');
    expect(await outcomes(answers.splice(3))).toEqual(['OVERLOADED']);
    (await run(0)).answer();
    await Promise.all(answers);
    const later = submit('e', 'f', 'g');
    (await run(1)).fail(sqlError('42P01'));
    expect(await outcomes(later)).toEqual(['42P01', '42P01', '42P01']);
    const last = submit('h');
    (await run(2)).answer();
    expect(await outcomes(last)).toEqual(['h done']);
    expect(group.waitingCount).toBe(0);
  });

  it('closes when everybody has an answer, and takes nothing more', async () => {
    const { group, run, submit } = grouping({ maxBatch: 1 });
    const answers = submit('a', 'b');
    let closed = false;
    const closing = group.close().then(() => (closed = true));
    expect(await outcomes(submit('c'))).toEqual(['OVERLOADED']);
    (await run(0)).answer();
    await answers[0];
    expect(closed).toBe(false);
    (await run(1)).answer();
    expect(await outcomes(answers)).toEqual(['a done', 'b done']);
    await closing;
  });
});
