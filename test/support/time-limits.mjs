/**
 * The runner doesn't end a test that never does: this fails it, after the limit that is given with it, else after that
 * of `jest.setTimeout` in its file, else after one of these.
 */
import { addEventHandler, getState } from 'jest-circus';

const LIMIT_MS = 30_000;
/** A hook starts a whole service, and says nothing of how fast that is. */
const HOOK_LIMIT_MS = 120_000;

/** By the file's outermost block, which each file has anew. */
const ofFiles = new WeakMap();

const pieces = {
  add_test: () => getState().currentDescribeBlock.tests.at(-1),
  add_hook: () => getState().currentDescribeBlock.hooks.at(-1),
};

addEventHandler(({ name, timeout }) => {
  const piece = pieces[name]?.();
  const limit = name === 'add_hook' ? HOOK_LIMIT_MS : LIMIT_MS;
  if (piece?.fn) piece.fn = within(timeout ?? ofFiles.get(getState().rootDescribeBlock) ?? limit, piece.fn);
});

globalThis.jest.setTimeout = (milliseconds) => {
  ofFiles.set(getState().rootDescribeBlock, milliseconds);
};

function within(milliseconds, work) {
  return async () => {
    let timer;
    const late = new Promise((_, reject) => {
      const fail = () => reject(new Error(`not done after ${milliseconds} ms`));
      timer = setTimeout(fail, milliseconds);
    });
    // A test that throws before its first await must clear the timer too.
    await Promise.race([(async () => work())(), late]).finally(() => clearTimeout(timer));
  };
}
