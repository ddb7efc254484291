import { Listing } from '../http/listing.js';
import type { CallOptions, Requester } from '../http/requester.js';
import type { BodyOf } from '../routes/routes.js';
import type { ApiKey, ApiKeyInput, CreatedApiKey, SessionEntry, User } from '../types.js';
import type { PageSize } from './payments.js';

/** The user, their sessions and their API keys. Organizations and the rest: by `request`. */
export class UserApi {
  constructor(private readonly requester: Requester) {}

  get(options?: CallOptions): Promise<User> {
    return this.requester.request('GET /users/me', options);
  }

  update(input: BodyOf<'PUT /users/me'>, options?: CallOptions): Promise<User> {
    return this.requester.request('PUT /users/me', { ...options, body: input });
  }

  /** Every other session ends. */
  async changePassword(input: BodyOf<'POST /users/me/password'>, options?: CallOptions): Promise<void> {
    await this.requester.request('POST /users/me/password', { ...options, body: input });
  }

  sessions(query: PageSize = {}, options?: CallOptions): Listing<SessionEntry> {
    return new Listing((cursor) =>
      this.requester.request('GET /sessions', { ...options, query: { ...query, ...(cursor && { cursor }) } }),
    );
  }

  async endSession(id: string, options?: CallOptions): Promise<void> {
    await this.requester.request('DELETE /sessions/{id}', { ...options, path: { id } });
  }

  apiKeys(query: PageSize = {}, options?: CallOptions): Listing<ApiKey> {
    return new Listing((cursor) =>
      this.requester.request('GET /api-keys', { ...options, query: { ...query, ...(cursor && { cursor }) } }),
    );
  }

  /** `key` is shown this once. */
  createApiKey(input: ApiKeyInput, options?: CallOptions): Promise<CreatedApiKey> {
    return this.requester.request('POST /api-keys', { ...options, body: input });
  }

  async deleteApiKey(id: string, options?: CallOptions): Promise<void> {
    await this.requester.request('DELETE /api-keys/{id}', { ...options, path: { id } });
  }
}
