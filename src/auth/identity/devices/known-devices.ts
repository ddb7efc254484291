import { Inject, Injectable } from '@nestjs/common';
import type { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { keyOf, limiter } from '../limits/limiter.js';
import { neighbourhoodOf } from '../limits/network.js';
import { deviceFamily, type Client } from './device-family.js';

/** How long a device from which nobody signs in is known. */
export const DEVICE_KNOWN_DAYS = 90;
const DAY_SECONDS = 86_400;

/**
 * The devices from which users sign in: a browser and a system, in a network of 256 addresses of IPv4, or a /48 of IPv6.
 * Only a hash of the three is kept.
 */
@Injectable()
export class KnownDevices {
  private readonly known: RateLimiterPostgres;

  constructor(@Inject(COMMERCIAL_DATA_SOURCE) dataSource: DataSource) {
    const duration = DEVICE_KNOWN_DAYS * DAY_SECONDS;
    this.known = limiter(dataSource, { keyPrefix: 'login-device', points: 1, duration });
  }

  /** Knows the device from now on. @returns whether it did not before. */
  async meet(userId: string, { address, userAgent }: Client): Promise<boolean> {
    const device = keyOf(userId, deviceFamily(userAgent) ?? 'unknown', neighbourhoodOf(address));
    const isNew = (await this.known.get(device)) === null;
    await this.known.set(device, 1, DEVICE_KNOWN_DAYS * DAY_SECONDS);
    return isNew;
  }
}
