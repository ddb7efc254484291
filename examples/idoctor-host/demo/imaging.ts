import type { ProcessAnswer } from '../src/process/process.controller.js';
import type { ProblemAnswer } from './answers.js';
import { Client } from './client.js';
import { DemoError } from './demo-error.js';
import { number } from './print.js';
import type { Sample } from './samples.js';

export interface Sent {
  /** What the study is, in a line; empty when it was refused. */
  summary: string;
  problem: ProblemAnswer | null;
  /** X-Quota-Remaining. */
  remaining: number;
}

const PNG_DATA_URL = 'data:image/png;base64,';

function summaryOf({ study, preview }: ProcessAnswer, milliseconds: number): string {
  const { geometry, volume, transferSyntaxes } = study;
  if (!preview.startsWith(PNG_DATA_URL)) throw new DemoError('the host sent no preview');
  const png = ((preview.length - PNG_DATA_URL.length) * 3) / 4 / 1024;
  return [
    `${study.modality} ${study.slices} × ${geometry.rows} × ${geometry.columns}`.padEnd(19),
    transferSyntaxes
      .map(({ name }) => name)
      .join(', ')
      .padEnd(34),
    (volume.millilitres === null ? '' : `${number(volume.millilitres)} ml`).padStart(8),
    `PNG ${number(png)} KiB`.padStart(12),
    `${(milliseconds / 1_000).toFixed(1)} s`.padStart(6),
  ].join('  ');
}

/** As a browser would fill it in. */
export function formOf({ files }: Sample): FormData {
  const form = new FormData();
  files.forEach((file, index) => form.append('files', new Blob([new Uint8Array(file)]), `${index + 1}.dcm`));
  return form;
}

/** Uploads a study to the host. @throws DemoError on any status but the one expected */
export async function sendStudy(
  hostUrl: string,
  accessToken: string,
  sample: Sample,
  day: number,
  expect = 200,
): Promise<Sent> {
  const started = performance.now();
  const path = `/process/${encodeURIComponent(sample.name)}/202603${String(day).padStart(2, '0')}`;
  const answer = await new Client(hostUrl, accessToken).post<unknown>(path, { body: formOf(sample), expect });
  return {
    summary: expect === 200 ? summaryOf(answer.body as ProcessAnswer, performance.now() - started) : '',
    problem: expect === 200 ? null : (answer.body as ProblemAnswer),
    remaining: Number(answer.headers.get('x-quota-remaining')),
  };
}
