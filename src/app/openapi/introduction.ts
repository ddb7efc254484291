import { CATALOGUE } from '../../problems/catalogue.js';

/** What is true of the whole API, with the closed list of error codes. Markdown. */
export const INTRODUCTION = `
Accounts, plans, subscriptions, Alipay and WeChat Pay, and quota for metered services.

- JSON in and out, in camelCase. Times are RFC 3339 in UTC. Money is a decimal string in yuan (\`"99.00"\`).
- Authenticate with \`Authorization: Bearer <access token>\` or \`X-API-Key: <key>\`.
- Lists take \`limit\` and \`cursor\`, and answer \`{ "items": […], "nextCursor": "…" | null }\`.
- Unknown fields in a body are refused. A body has at most 1,000 members and elements at all depths together, and a
  refusal lists at most 20 faults. A path answers with and without its trailing slash.
- \`Idempotency-Key\` (1 to 255 visible ASCII characters, kept for 24 hours) belongs to one user and one route: the same
  key with the same body replays the first answer, marked \`Idempotency-Replayed: true\`; another body answers 422.
  Answers of 402, 429 and above 499 are not kept: nothing was done, and a repeated request runs again.
- A handler that a host protects with \`@RequireQuota()\` carries \`X-Quota-Limit\`, \`X-Quota-Remaining\` (whole numbers)
  and \`X-Quota-Reset\` (RFC 3339) on every answer from its guard on, and refuses as \`POST /quota/consume\` does.

## Errors

\`application/problem+json\` (RFC 9457) with a \`code\` of this closed list. \`title\` and \`detail\` follow
\`Accept-Language\` (zh-CN, where it asks for neither, or en).

| code | status | title | 标题 |
|---|---|---|---|
${Object.entries(CATALOGUE)
  .map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title.en} | ${title['zh-CN']} |`)
  .join('\n')}
`.trim();
