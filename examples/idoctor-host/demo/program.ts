import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { DemoError } from './demo-error.js';

const READY_WITHIN_MS = 90_000;
const STOP_WITHIN_MS = 20_000;
const KEPT_LINES = 25;

/** A server of the demo's own, in a process of its own. */
export class Program {
  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr]) this.keepLines(stream as Readable);
  }

  private readonly lines: string[] = [];

  /** Starts a JavaScript file with this process's Node and nothing but the environment given (and PATH). */
  static start(name: string, file: string, options: { cwd: string; env: Record<string, string> }): Program {
    const child = spawn(process.execPath, [file], {
      cwd: options.cwd,
      env: { PATH: process.env['PATH'], ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Program(name, child);
  }

  /**
   * Waits until the server answers 200.
   * @throws DemoError with the server's last words, when it ends before or takes too long
   */
  async answersAt(url: string): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      if (this.hasEnded) throw this.failure('ended before it was ready');
      const response = await fetch(url).catch(() => null);
      await response?.body?.cancel();
      if (response?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw this.failure(`does not answer at ${url}`);
  }

  /** SIGTERM, then after a while SIGKILL. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private failure(what: string): DemoError {
    return new DemoError([`The ${this.name} ${what}. Its last lines:`, ...this.lines].join('\n    '));
  }

  private keepLines(stream: Readable): void {
    createInterface({ input: stream }).on('line', (text) => {
      this.lines.push(text);
      if (this.lines.length > KEPT_LINES) this.lines.shift();
    });
  }
}
