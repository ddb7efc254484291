import { boundedTurns, MAX_WAITING } from './bounded-turns.js';

it('lets so many work at once and so many wait, and refuses the others until there is room', async () => {
  const turn = boundedTurns(2);
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  let working = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, (working += 1));
    await gate;
    working -= 1;
    return 'done';
  };
  const outcome = () => turn(work).catch((error: { code: string }) => error.code);
  const first = [outcome(), outcome()];
  // Both have begun when a turn of the event loop is over.
  await new Promise(setImmediate);
  const waiting = Array.from({ length: MAX_WAITING }, outcome);
  expect(await outcome()).toBe('OVERLOADED');
  open();
  expect(new Set(await Promise.all([...first, ...waiting]))).toEqual(new Set(['done']));
  expect(most).toBe(2);
  expect(await outcome()).toBe('done');
});

it('goes on after work that fails', async () => {
  const turn = boundedTurns(1);
  await expect(turn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await turn(async () => 'done')).toBe('done');
});
