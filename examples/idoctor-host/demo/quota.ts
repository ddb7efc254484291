import type { Quota } from './answers.js';
import type { Client } from './client.js';
import { assert } from './demo-error.js';
import { number } from './print.js';

export const QUOTA_TYPE = 'processing_count';

export async function quotaOf(user: Client): Promise<Quota> {
  const { body } = await user.get<{ items: Quota[] }>('/quota');
  const quota = body.items.find(({ quotaType }) => quotaType === QUOTA_TYPE);
  assert(quota !== undefined, `GET /quota names no ${QUOTA_TYPE}`);
  return quota;
}

export function used({ used: count, limit }: Quota): string {
  return `${number(count)} of ${number(limit)} used`;
}
