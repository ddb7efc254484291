import { Listing } from '../http/listing.js';
import type { CallOptions, Requester } from '../http/requester.js';
import type { Fapiao, FapiaoInput, Payment, PaymentEvent, Refund } from '../types.js';

export interface PageSize {
  /** Items in a page, 1 to 100. Default 20. */
  limit?: number;
}

/** Orders, what became of them, and their documents. */
export class PaymentsApi {
  constructor(private readonly requester: Requester) {}

  list(query: PageSize = {}, options?: CallOptions): Listing<Payment> {
    return new Listing((cursor) =>
      this.requester.request('GET /payments', { ...options, query: { ...query, ...(cursor && { cursor }) } }),
    );
  }

  get(orderId: string, options?: CallOptions): Promise<Payment> {
    return this.requester.request('GET /payments/{orderId}', { ...options, path: { orderId } });
  }

  /** @throws ConflictError (`PAYMENT_NOT_PENDING`) */
  close(orderId: string, options?: CallOptions): Promise<Payment> {
    return this.requester.request('POST /payments/{orderId}/close', { ...options, path: { orderId } });
  }

  /** Oldest first. */
  async history(orderId: string, options?: CallOptions): Promise<PaymentEvent[]> {
    const input = { ...options, path: { orderId } };
    return (await this.requester.request('GET /payments/{orderId}/history', input)).items;
  }

  refunds(orderId: string, query: PageSize = {}, options?: CallOptions): Listing<Refund> {
    return new Listing((cursor) =>
      this.requester.request('GET /payments/{orderId}/refunds', {
        ...options,
        path: { orderId },
        query: { ...query, ...(cursor && { cursor }) },
      }),
    );
  }

  /** The receipt as a PDF. */
  async receipt(orderId: string, options?: CallOptions): Promise<ArrayBuffer> {
    const input = { ...options, path: { orderId }, as: 'bytes' } as const;
    return (await this.requester.request(
      'GET /payments/{orderId}/receipt.pdf',
      input,
    )) as unknown as ArrayBuffer;
  }

  /** The newest request for a fapiao (发票). @throws NotFoundError where there is none */
  fapiao(orderId: string, options?: CallOptions): Promise<Fapiao> {
    return this.requester.request('GET /payments/{orderId}/fapiao', { ...options, path: { orderId } });
  }

  requestFapiao(orderId: string, input: FapiaoInput, options?: CallOptions): Promise<Fapiao> {
    const request = { ...options, path: { orderId }, body: input };
    return this.requester.request('POST /payments/{orderId}/fapiao', request);
  }

  withdrawFapiao(orderId: string, options?: CallOptions): Promise<Fapiao> {
    const request = { ...options, path: { orderId } };
    return this.requester.request('POST /payments/{orderId}/fapiao/withdraw', request);
  }
}
