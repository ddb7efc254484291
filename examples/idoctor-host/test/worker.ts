/** The worker as it stands in the sources: plain Node, where Jest's sandbox makes the decoders ten times slower. */
export const sourceWorker = {
  url: new URL('../src/dicom/study.worker.ts', import.meta.url),
  execArgv: [
    '--no-warnings',
    '--import',
    new URL('../../../test/support/typescript-hooks.mjs', import.meta.url).href,
  ],
};
