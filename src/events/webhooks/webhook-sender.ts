import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { Clock } from '../../time/clock.js';
import type { DeliveryOutcome } from '../queue/due-deliveries.js';
import type { CommercialEvent } from '../types/event-types.js';
import { EVENTS_OPTIONS, type EventsOptions } from '../types/events-options.js';
import { formerSecrets, SECRETS } from './endpoint-secrets.js';
import { signatureHeaders } from './signature.js';
import { WebhookEndpoint } from '../records/webhook-endpoint.entity.js';
import { WebhookTargets } from './webhook-targets.js';

const TIMEOUT_MS = 10_000;
/** Of an answer's body nothing is kept; so much is read for the receiver's sake, who may not be done writing. */
const MOST_READ_BYTES = 4096;

/** Sends an event to an endpoint, signed. */
@Injectable()
export class WebhookSender {
  private readonly timeoutMs: number;

  constructor(
    @Inject(EVENTS_OPTIONS) { webhooks = {} }: EventsOptions,
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly targets: WebhookTargets,
  ) {
    this.timeoutMs = webhooks.timeoutMs ?? TIMEOUT_MS;
  }

  async send(endpointId: string, event: CommercialEvent): Promise<DeliveryOutcome> {
    const endpoint = await this.withSecrets(endpointId);
    if (!endpoint) return { outcome: 'skipped', reason: 'the endpoint was removed' };
    const body = JSON.stringify(event);
    // The receiver compares it with its own clock, which nobody moves with ours.
    const seconds = Math.floor(Date.now() / 1000);
    const headers = signatureHeaders(this.secretsOf(endpoint), event.id, seconds, body);
    try {
      const status = await this.post(new URL(endpoint.url), headers, body);
      if (status >= 200 && status < 300) return { outcome: 'delivered', responseStatus: status };
      const hint = status >= 300 && status < 400 ? '; redirects are not followed' : '';
      return { outcome: 'failed', error: `answered ${status}${hint}`, responseStatus: status };
    } catch (error) {
      return { outcome: 'failed', error: this.reasonOf(error) };
    }
  }

  private withSecrets(id: string): Promise<WebhookEndpoint | null> {
    return this.dataSource
      .getRepository(WebhookEndpoint)
      .createQueryBuilder('endpoint')
      .addSelect(SECRETS)
      .where('endpoint.id = :id', { id })
      .getOne();
  }

  private secretsOf(endpoint: WebhookEndpoint): string[] {
    return [endpoint.secret, ...formerSecrets(endpoint, this.clock.now()).map(({ secret }) => secret)];
  }

  /** @returns the answer's status. @throws where there was none. */
  private post(url: URL, headers: Record<string, string>, body: string): Promise<number> {
    this.targets.requireScheme(url);
    this.targets.requireLiteral(url);
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const call = request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'commercial-webhooks/1',
          ...headers,
        },
        // A connection of its own: one that is kept open would skip the check of its address.
        agent: false,
        lookup: this.targets.lookup(url),
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      call.on('error', reject);
      // An answer that would switch protocols is neither a response nor an error to Node; after either this says nothing.
      call.on('close', () => reject(new Error('the connection was closed without an answer')));
      call.on('response', (response) => {
        resolve(response.statusCode ?? 0);
        let read = 0;
        response.on('error', () => {});
        response.on('data', (chunk: Buffer) => {
          read += chunk.length;
          if (read > MOST_READ_BYTES) response.destroy();
        });
      });
      call.end(body);
    });
  }

  private reasonOf(error: unknown): string {
    const { code, message, cause } = error as { code?: string; message?: string; cause?: { name?: string } };
    if (code === 'ABORT_ERR' || cause?.name === 'TimeoutError') {
      return `no answer within ${this.timeoutMs / 1000} s`;
    }
    return message !== undefined && message !== '' ? message : (code ?? 'no connection');
  }
}
