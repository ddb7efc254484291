import type { JobAnswer } from '../src/jobs/jobs.controller.js';
import { Client } from './client.js';
import { DemoError } from './demo-error.js';
import { formOf } from './imaging.js';
import type { Sample } from './samples.js';

const DONE_WITHIN_MS = 60_000;

export interface Background {
  priority: string;
  /** X-Quota-Remaining while the most that it may cost is held. */
  remainingWhileHeld: number;
  /** What it cost in truth. */
  cost: number;
}

/** Has a study processed after its request was answered. @throws DemoError where it isn't done, and soon */
export async function processInBackground(
  hostUrl: string,
  accessToken: string,
  sample: Sample,
): Promise<Background> {
  const client = new Client(hostUrl, accessToken);
  const path = `/studies/${encodeURIComponent(sample.name)}/20260331`;
  const { headers, body } = await client.post<JobAnswer>(path, { body: formOf(sample), expect: 202 });
  const deadline = Date.now() + DONE_WITHIN_MS;
  for (;;) {
    const job = (await client.get<JobAnswer>(`/jobs/${body.jobId}`)).body;
    if (job.status === 'done') {
      const remainingWhileHeld = Number(headers.get('x-quota-remaining'));
      return { priority: job.priority, remainingWhileHeld, cost: job.cost };
    }
    if (job.status === 'failed') throw new DemoError(`the job failed: ${job.problem.detail}`);
    if (Date.now() > deadline) throw new DemoError(`the job is still ${job.status}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
