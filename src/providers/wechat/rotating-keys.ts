import type { KeyObject, X509Certificate } from 'node:crypto';
import type { Clock } from '../../time/clock.js';
import { keyMark } from '../rsa-keys.js';

const MINUTE_MS = 60_000;

/** A stranger's made-up serial must not make the merchant call the channel at the stranger's will. */
const UNKNOWN_SERIAL_EVERY_MS = 5 * MINUTE_MS;

/** The channel asks merchants to look for new certificates at least once in 12 to 24 hours. */
const ANYWAY_EVERY_MS = 12 * 60 * MINUTE_MS;

/** A certificate's serial; the public key's id (`PUB_KEY_ID_…`) is set by hand and never downloaded. */
const CERTIFICATE_SERIAL = /^[0-9A-Fa-f]{8,64}$/;

type Download = (known: ReadonlyMap<string, KeyObject>) => Promise<X509Certificate[]>;

/** WeChat Pay's keys by serial, which in certificate mode follow the channel's rotation. */
export class RotatingKeys {
  #keys: ReadonlyMap<string, KeyObject>;
  readonly #expiry = new Map<string, Date>();
  #askedAt: number | null = null;
  #downloadedAt: number;
  #running: Promise<void> | null = null;

  /** @param download null where the merchant holds the public key alone: there are no certificates to follow. */
  constructor(
    configured: ReadonlyMap<string, KeyObject>,
    private readonly download: Download | null,
    private readonly clock: Clock,
  ) {
    this.#keys = configured;
    this.#downloadedAt = clock.now().getTime();
  }

  /** Another map after each change. */
  get all(): ReadonlyMap<string, KeyObject> {
    return this.#keys;
  }

  /** Which keys are held, and what to compare them with, for a person who looks for a wrong one. */
  get held(): string {
    const keys = [...this.#keys].map(([serial, key]) => `${serial} ${keyMark(key)}`);
    return `held are ${keys.join(', ')}; compare them with 微信支付公钥 or 平台证书 in the merchant platform, API安全`;
  }

  /** Asks the channel for a serial that isn't known, lately not asked for in vain. Never rejects. */
  async learn(serial: string): Promise<void> {
    if (!this.download || this.#keys.has(serial) || !CERTIFICATE_SERIAL.test(serial)) return;
    const now = this.clock.now().getTime();
    const askedLately = this.#askedAt !== null && now - this.#askedAt < UNKNOWN_SERIAL_EVERY_MS;
    if (!askedLately) this.#askedAt = now;
    if (!askedLately || this.#running) await this.#refresh();
  }

  /** Looks for new certificates in the background where the last look was long ago. */
  refreshInTime(): void {
    const now = this.clock.now().getTime();
    if (!this.download || now - this.#downloadedAt < ANYWAY_EVERY_MS) return;
    this.#downloadedAt = now;
    void this.#refresh();
  }

  #refresh(): Promise<void> {
    this.#running ??= this.#takeOver().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** What fails leaves the keys as they are; messages that they don't verify are refused, and come again. */
  async #takeOver(): Promise<void> {
    const found = await this.download?.(this.#keys).catch(() => null);
    if (!found) return;
    const now = this.clock.now();
    this.#downloadedAt = now.getTime();
    const keys = new Map(this.#keys);
    for (const certificate of found) {
      keys.set(certificate.serialNumber, certificate.publicKey);
      this.#expiry.set(certificate.serialNumber, new Date(certificate.validTo));
    }
    for (const [serial, until] of this.#expiry) if (until <= now) keys.delete(serial);
    this.#keys = keys;
  }
}
