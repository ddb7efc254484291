import type { CommercialEvent } from './generated/events.js';

/** What an administrator sends to try an endpoint out. */
export interface TestEvent {
  id: string;
  type: 'endpoint.test';
  timestamp: string;
  [member: string]: unknown;
}

export type WebhookEvent = CommercialEvent | TestEvent;
export type {
  CommercialEvent,
  EventDataOf,
  EventType,
  PaymentData,
  SubscriptionData,
} from './generated/events.js';

export type HeaderSource = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface VerifyOptions {
  /** How old a message may be, and how far ahead of this clock, in seconds. Default 300. */
  toleranceSeconds?: number;
  /** Default: now. */
  at?: Date;
}

/** Why a message isn't taken. Answer 400, and do nothing. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError';

  constructor(
    readonly reason: 'HEADERS_MISSING' | 'TOO_OLD' | 'TOO_NEW' | 'SIGNATURE_WRONG' | 'BODY_INVALID',
  ) {
    super(`the webhook was refused: ${reason}`);
  }
}

const PREFIX = 'whsec_';
const VERSION = 'v1,';
const encoder = new TextEncoder();

/**
 * Takes a message of the service (https://www.standardwebhooks.com) only where it was signed with one of the secrets.
 *
 * @param body as it came: one that was parsed and written again is another one
 * @param secrets `whsec_…`; several while one takes the place of another
 * @returns the event; remember its `id` and work once. A later service may send types that this list doesn't have.
 * @throws WebhookVerificationError; TypeError for a secret that is none
 */
export async function verify(
  body: string | Uint8Array | ArrayBuffer,
  headers: HeaderSource,
  secrets: string | readonly string[],
  { toleranceSeconds = 300, at = new Date() }: VerifyOptions = {},
): Promise<WebhookEvent> {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) =>
    headerOf(headers, `webhook-${name}`),
  );
  if (!id || !signatures || !/^\d{1,12}$/.test(timestamp ?? '')) {
    throw new WebhookVerificationError('HEADERS_MISSING');
  }
  const bytes = bytesOf(body);
  const signed = joined(encoder.encode(`${id}.${timestamp}.`), bytes);
  if (!(await isSignedByAny(keysOf(secrets), signatures, signed))) {
    throw new WebhookVerificationError('SIGNATURE_WRONG');
  }
  const age = at.getTime() / 1000 - Number(timestamp);
  if (age > toleranceSeconds) throw new WebhookVerificationError('TOO_OLD');
  if (age < -toleranceSeconds) throw new WebhookVerificationError('TOO_NEW');
  return eventOf(bytes);
}

/**
 * Signs an event as the service does, for tests of a receiver.
 *
 * @param secrets `whsec_…`; several give several signatures
 */
export async function sign(
  event: WebhookEvent,
  secrets: string | readonly string[],
  { at = new Date() }: { at?: Date } = {},
): Promise<{ body: string; headers: Record<string, string> }> {
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signed = encoder.encode(`${event.id}.${timestamp}.${body}`);
  const signatures = keysOf(secrets).map(async (key) => {
    const signature = await crypto.subtle.sign('HMAC', await imported(key), signed);
    return VERSION + btoa(String.fromCharCode(...new Uint8Array(signature)));
  });
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': event.id,
      'webhook-timestamp': timestamp,
      'webhook-signature': (await Promise.all(signatures)).join(' '),
    },
  };
}

async function isSignedByAny(
  keys: readonly Uint8Array<ArrayBuffer>[],
  signatures: string,
  signed: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const given = signatures.split(' ').filter((part) => part.startsWith(VERSION));
  const checks = keys.flatMap((key) =>
    given.map(async (part) => {
      const signature = fromBase64(part.slice(VERSION.length));
      // Compares in constant time.
      return signature !== null && crypto.subtle.verify('HMAC', await imported(key), signature, signed);
    }),
  );
  return (await Promise.all(checks)).includes(true);
}

function eventOf(bytes: Uint8Array): WebhookEvent {
  try {
    const event = JSON.parse(new TextDecoder().decode(bytes)) as Partial<WebhookEvent> | null;
    if (typeof event?.type === 'string' && typeof event.id === 'string') return event as WebhookEvent;
  } catch {
    // Refused below.
  }
  throw new WebhookVerificationError('BODY_INVALID');
}

function keysOf(secrets: string | readonly string[]): Uint8Array<ArrayBuffer>[] {
  const list = typeof secrets === 'string' ? [secrets] : secrets;
  const keys = list.map((secret) =>
    secret.startsWith(PREFIX) ? fromBase64(secret.slice(PREFIX.length)) : null,
  );
  // An empty key would take whatever is signed with nothing.
  if (keys.length === 0 || keys.some((key) => !key?.length)) {
    throw new TypeError('a webhook secret must be `whsec_` and Base64, as the service gave it');
  }
  return keys as Uint8Array<ArrayBuffer>[];
}

function imported(key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

function bytesOf(body: string | Uint8Array | ArrayBuffer): Uint8Array {
  if (typeof body === 'string') return encoder.encode(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw new TypeError('give the raw body, a string or bytes: what was parsed can not be verified');
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

function headerOf(headers: HeaderSource, name: string): string | undefined {
  if (typeof (headers as Headers).get === 'function') return (headers as Headers).get(name) ?? undefined;
  for (const [key, value] of Object.entries(
    headers as Record<string, string | readonly string[] | undefined>,
  )) {
    if (key.toLowerCase() === name) return typeof value === 'string' ? value : value?.join(' ');
  }
  return undefined;
}
