import type { ClientRequest } from 'node:http';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { context, propagation } from '@opentelemetry/api';

/** undici's own, as its documentation of diagnostics channels has it. */
interface UndiciRequest {
  addHeader(name: string, value: string): void;
}

/**
 * Gives every request that this process sends the `traceparent` of the running span (https://www.w3.org/TR/trace-context/).
 * Node's own channels tell of them, whichever module sends them and however it was loaded: nothing has to be patched.
 * @returns how to stop
 */
export function passTracesOn(): () => void {
  const ofHttp = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    if (!request.headersSent) propagation.inject(context.active(), request, setter);
  };
  const ofUndici = (message: unknown) => {
    const { request } = message as { request: UndiciRequest };
    propagation.inject(context.active(), request, undiciSetter);
  };
  subscribe('http.client.request.created', ofHttp);
  subscribe('undici:request:create', ofUndici);
  return () => {
    unsubscribe('http.client.request.created', ofHttp);
    unsubscribe('undici:request:create', ofUndici);
  };
}

const setter = {
  set: (request: ClientRequest, name: string, value: string) => void request.setHeader(name, value),
};

const undiciSetter = {
  set: (request: UndiciRequest, name: string, value: string) => request.addHeader(name, value),
};
