import type { AbstractHttpAdapter, HttpAdapterHost } from '@nestjs/core';

/** Finds out whether the application was created with `rawBody: true`, which Nest tells nobody but its HTTP adapter. */
export class RawBodies {
  private kept: boolean | null = null;

  constructor(host: HttpAdapterHost) {
    host.init$.subscribe(() => this.watch(host.httpAdapter));
  }

  /** Known once the application is initialised. Not where the host parses bodies by itself: then nobody can tell. */
  get areMissing(): boolean {
    return this.kept === false;
  }

  private watch(adapter: AbstractHttpAdapter | undefined): void {
    if (!adapter) return;
    const register = adapter.registerParserMiddleware.bind(adapter) as (...args: unknown[]) => unknown;
    adapter.registerParserMiddleware = (...args: unknown[]) => {
      this.kept = args[1] === true;
      return register(...args);
    };
  }
}
