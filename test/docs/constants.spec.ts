import {
  codeValues,
  documentedValues,
  readDocuments,
  type DocumentedConstant,
} from '../support/documented-constant.js';

const CONSTANTS: readonly DocumentedConstant[] = [
  // Quota
  { file: 'engine-options.ts', name: 'lanes', unit: 'count', says: ['| `lanes` | #'] },
  { file: 'engine-options.ts', name: 'maxBatch', unit: 'count', says: ['| `maxBatch` | #'] },
  {
    file: 'engine-options.ts',
    name: /ENGINE_DEFAULTS[^}]*\bmaxWaiting: ([\d_]+)/,
    unit: 'count',
    says: ['| `maxWaiting` | #', 'Above # waiting'],
  },
  { file: 'engine-options.ts', name: 'patienceMs', unit: 'ms', says: ['| `patienceMs` | #'] },
  { file: 'quota-holds.ts', name: 'DEFAULT_TTL_SECONDS', unit: 's', says: ['(`holdSeconds`, # by default'] },
  { file: 'quota-holds.ts', name: 'MAX_TTL_SECONDS', unit: 's', says: ['by default, # at most'] },
  { file: 'hold-expiry.ts', name: 'KEPT_MS', unit: 'ms', says: ['A settled hold is remembered for #'] },
  {
    file: 'idempotency.service.ts',
    name: /created_at < now\(\) - interval '(\d+) hours'/,
    unit: 'h',
    says: ['Idempotency-Keys are forgotten after #', 'once for each key, for #'],
  },
  // Security
  {
    file: 'security-actions.ts',
    name: 'SECURITY_LOG_DAYS',
    unit: 'day',
    says: ['of the first kind after #'],
  },
  {
    file: 'login-trail.ts',
    name: 'LOGIN_ENTRIES_PER_NETWORK',
    unit: 'count',
    says: ['at most # an hour from one network'],
  },
  { file: 'login-trail.ts', name: 'LOGIN_ENTRIES', unit: 'count', says: ['and # an hour in total'] },
  {
    file: 'erased-marks.ts',
    name: 'MARK_DAYS',
    unit: 'day',
    says: ['A mark stays for #', 'It ends after #'],
  },
  {
    file: 'known-devices.ts',
    name: 'DEVICE_KNOWN_DAYS',
    unit: 'day',
    says: ['from its first sign-in until # after the last one'],
  },
  {
    file: 'api-key-reminders.ts',
    name: 'TOLD_BEFORE_DAYS',
    unit: 'day',
    says: ['tells of an API key # before it ends'],
  },
  // The database and its jobs
  {
    file: 'data-source.ts',
    name: /poolSize: options\.poolSize \?\? (\d+)/,
    unit: 'count',
    says: ['`#` connections each'],
  },
  {
    file: 'data-source.ts',
    name: 'statement_timeout',
    unit: 'ms',
    says: ['a statement that waited # for a lock'],
  },
  { file: 'job-queue.ts', name: 'retryLimit', unit: 'count', says: ['A job is tried again #'] },
  { file: 'job-queue.ts', name: 'DRAIN_MS', unit: 'ms', says: ['lets those that run end, for # at most'] },
  // Money
  {
    file: 'check-schedule.ts',
    name: /EAGER = (\[.*\]);/,
    unit: 'ms',
    says: ['pending payment | # after the order'],
  },
  {
    file: 'check-schedule.ts',
    name: 'PENDING_GAP',
    unit: 'ms',
    says: ['then every # until it expires', 'The # are less than half'],
  },
  {
    file: 'check-schedule.ts',
    name: /CLOSING_GAP = \{ least: ([^,]+),/,
    unit: 'ms',
    says: ['while that fails, again after #'],
  },
  {
    file: 'check-schedule.ts',
    name: /CLOSING_GAP = .* most: (\w+) \}/,
    unit: 'ms',
    says: ['then ever later, # at most |'],
  },
  {
    file: 'check-schedule.ts',
    name: 'CLOSED_GAP',
    unit: 'ms',
    says: ['closed payment | every #', 'The # keep the minute'],
  },
  { file: 'check-schedule.ts', name: 'CLOSED_WATCH', unit: 'ms', says: ['until # after its expiry'] },
  {
    file: 'check-schedule.ts',
    name: /LAST_LOOKS = (\[.*\]);/,
    unit: 'ms',
    says: ['after its expiry, then # later'],
  },
  {
    file: 'check-schedule.ts',
    name: /REFUND_GAPS = (\[.*), 6 \* HOUR\];/,
    unit: 'ms',
    says: ["refund that isn't final | after #, then every"],
  },
  {
    file: 'check-schedule.ts',
    name: /REFUND_GAPS = .* (6 \* HOUR)\];/,
    unit: 'ms',
    says: ['then every #, without end'],
  },
  {
    file: 'check-schedule.ts',
    name: /RETRY_GAPS = (\[\w+, 6 \* HOUR),/,
    unit: 'ms',
    says: ['asked for again after #, then daily'],
  },
  { file: 'wechat-notification.ts', name: 'MAX_AGE_SECONDS', unit: 's', says: ['its age (WeChat Pay: #)'] },
  {
    file: 'reconciliation/bill-day.ts',
    name: 'READY_AT_HOUR',
    unit: 'count',
    says: [
      'the next morning, about #:00',
      'failing before #:00 is early',
      'That is from #:00 of the next day on',
    ],
  },
  {
    file: 'bill-staging.ts',
    name: 'BATCH',
    unit: 'count',
    says: ['an unlogged table in batches of # lines'],
  },
  {
    file: 'agreement-schedule.ts',
    name: /GAP = \{ least: ([^,]+),/,
    unit: 'ms',
    says: ['a pending agreement is asked about after #'],
  },
  {
    file: 'agreement-schedule.ts',
    name: /mostUnsigned: ([^,]+),/,
    unit: 'ms',
    says: ['then ever later, # at most; an active one'],
  },
  {
    file: 'agreement-schedule.ts',
    name: /mostEnding: ([^,}]+) \}/,
    unit: 'ms',
    says: ['then ever later, # at most. A link'],
  },
  // Subscriptions
  {
    file: 'due-dates.ts',
    name: /REMINDER_DAYS = (\[.*\]);/,
    unit: 'day',
    says: ['reminders # before the end'],
  },
  { file: 'environment.ts', name: 'DEFAULT_GRACE_DAYS', unit: 'count', says: ['`GRACE_DAYS` (#)'] },
  // Events
  { file: 'webhook-sender.ts', name: 'TIMEOUT_MS', unit: 'ms', says: ['Answer 2xx within #'] },
  {
    file: 'webhook-sender.ts',
    name: 'MOST_READ_BYTES',
    unit: 'bytes',
    says: ['after # of it the connection is closed'],
  },
  {
    file: 'retry-schedule.ts',
    name: /WAITS_SECONDS = (\[.*\]);/,
    unit: 's',
    says: ['| 1 | # | | 2 | # | | 3 | # | | 4 | # | | 5 | # | | 6 | # | | 7 | # | | 8 | never'],
  },
  {
    file: 'webhook-endpoints.controller.ts',
    name: 'DEFAULT_OVERLAP_HOURS',
    unit: 'h',
    says: ['answers with the new one; for #'],
  },
  {
    file: 'webhook-endpoint.dto.ts',
    name: /@Max\((\d+)\)[^@]*@ApiProperty\([^)]*\)\s*overlapHours/,
    unit: 'count',
    says: ['(`overlapHours`, 0 to #)'],
  },
  { file: 'event-purge.ts', name: 'KEEP_DAYS', unit: 'day', says: ['deliveries are removed after #'] },
  { file: 'event-purge.ts', name: 'OWED_STAY', unit: 'count', says: ['stay # as long'] },
  { file: 'due-deliveries.ts', name: 'LEASE_SECONDS', unit: 's', says: ['a delivery is claimed for #'] },
  {
    file: 'delivery-dispatcher.ts',
    name: 'HANDLER_TIMEOUT_MS',
    unit: 'ms',
    says: ["A handler that isn't done within #"],
  },
  // Accounts
  {
    file: 'sessions.service.ts',
    name: 'GRACE_MS',
    unit: 'ms',
    says: ['a computed successor, # of grace', 'For # the old token gives'],
  },
  {
    file: 'sessions.service.ts',
    name: /refreshTokenDays \?\? (\d+)/,
    unit: 'day',
    says: ['It lasts # at most'],
  },
  {
    file: 'auth.options.ts',
    name: /accessTokenSeconds: jwt\.accessTokenSeconds \?\? (\d+)/,
    unit: 's',
    says: ['at least #, the life of an access token'],
  },
  {
    file: 'ended-sessions.service.ts',
    name: 'STALE_AFTER_MS',
    unit: 'ms',
    says: ['when it is older than #'],
  },
  { file: 'password-length.ts', name: 'MIN_PASSWORD', unit: 'count', says: ['# to 256 characters'] },
  { file: 'password-length.ts', name: 'MAX_PASSWORD', unit: 'count', says: ['8 to # characters'] },
  {
    file: 'password-hasher.ts',
    name: /HASHES_AT_ONCE = Math\.max\(1, Math\.min\((\d+),/,
    unit: 'count',
    says: ['at most # hashes at once'],
  },
  {
    file: 'api-key-format.ts',
    name: 'CHECKSUM_LENGTH',
    unit: 'count',
    says: ["CRC-32 in the key's last # characters"],
  },
  { file: 'signing-keys.ts', name: 'MIN_RSA_BITS', unit: 'count', says: ['RSA of # bits or more'] },
  {
    file: 'http-adapter.ts',
    name: 'BODY_LIMIT_BYTES',
    unit: 'bytes',
    says: ['above #, announced or chunked'],
  },
  // The moved clock
  { file: 'time-lapse.ts', name: 'MAX_STEPS', unit: 'day', says: ['longer ones beyond #'] },
  { file: 'shared-shift.ts', name: 'FOLLOW_MS', unit: 'ms', says: ['other processes follow within #'] },
];

/** A new default or limit in a document belongs into the list; a sentence that is reworded is changed in it. */
describe('the documents name', () => {
  const rows = CONSTANTS.flatMap((constant) => constant.says.map((says) => [says, constant] as const));

  it.each(rows)('%s', async (says, constant) => {
    const code = await codeValues(constant);
    const named = documentedValues(await readDocuments(), constant, says);
    expect(named).not.toEqual([]);
    expect(named).toEqual(named.map(({ path }) => ({ path, values: code })));
  });
});
