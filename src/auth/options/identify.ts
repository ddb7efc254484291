/** Whom a host's own sign-in found behind a request. */
export interface HostIdentity {
  /** The host's own id of its user, the same for ever: 1 to 128 of `[A-Za-z0-9._:@-]`. */
  externalId: string;
  /** Where mails about the subscription go. Left out: what is known stays. */
  email?: string | null;
  /** Left out: what is known stays. */
  displayName?: string | null;
}

type Answer = HostIdentity | null | undefined;

/**
 * Who is calling, by the host's own sign-in. It is asked once for each request, with the platform's request (Express's
 * or Fastify's). Null: nobody, which is answered 401. An error is logged and answered 500; nothing is debited.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- a host that writes `(req) => …` names no type.
export type Identify = (request: any) => Answer | Promise<Answer>;
