import { stdout } from 'node:process';
import yoctoSpinner from 'yocto-spinner';

/** Tells the person who waits how far a start is. */
export interface Progress {
  /**
   * Does one step, and then tells that it is done and how long it took.
   *
   * @param doing what is shown meanwhile, on a terminal only
   * @param done the line that stays
   */
  step<Result>(doing: string, work: () => Promise<Result>, done: (result: Result) => string): Promise<Result>;
}

/** For production, where the log tells what is worth telling. */
export const silentProgress: Progress = { step: (_doing, work) => work() };

/** One line on standard output for each step; on a terminal a spinner turns meanwhile. */
export const shownProgress: Progress = {
  async step(doing, work, done) {
    const started = performance.now();
    // Ctrl-C is the service's: it stops what it has started.
    const spinner = stdout.isTTY ? yoctoSpinner({ text: doing, stream: stdout, handleSignals: false }) : null;
    spinner?.start();
    try {
      const result = await work();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const line = `${done(result)} (${seconds} s)`;
      if (spinner) spinner.success(line);
      else stdout.write(`${line}\n`);
      return result;
    } catch (error) {
      spinner?.error(doing);
      throw error;
    }
  },
};
