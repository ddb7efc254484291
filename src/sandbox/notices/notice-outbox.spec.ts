import { SandboxFaults } from '../faults/sandbox-faults.js';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { SystemClock } from '../../time/clock.js';
import type { JournalEntry, SandboxJournal } from '../records/sandbox-journal.js';
import type { SandboxCredentials } from '../options/sandbox-credentials.js';
import type { NoticeWire, SandboxNotice } from '../records/notice.js';
import { NoticeOutbox } from './notice-outbox.js';

/** Collects what is written, and tells when a notice has reached a state. */
class WatchedJournal {
  entries: JournalEntry[] = [];
  readonly written: SandboxNotice[] = [];
  private watcher: { state: SandboxNotice['state']; done: () => void } | null = null;

  append(entry: JournalEntry): void {
    if (!('notice' in entry)) return;
    this.written.push(entry.notice);
    if (this.watcher?.state === entry.notice.state) this.watcher.done();
  }

  reached(state: SandboxNotice['state']): Promise<void> {
    if (this.written.some((notice) => notice.state === state)) return Promise.resolve();
    return new Promise((done) => (this.watcher = { state, done }));
  }
}

const wire: NoticeWire = {
  envelope: (notice) => ({ headers: { 'x-id': notice.id }, body: JSON.stringify(notice.content) }),
  isAcknowledged: (status, body) => status === 200 && body === 'yes',
};

describe('NoticeOutbox', () => {
  const statuses: number[] = [];
  let requests = 0;
  let onRequest: () => void;
  let server: Server;
  let url: string;
  let journal: WatchedJournal;
  let outbox: NoticeOutbox;

  beforeAll(() => Logger.overrideLogger(false));

  beforeEach(async () => {
    requests = 0;
    statuses.length = 0;
    onRequest = () => undefined;
    server = createServer((_request, response) => {
      requests += 1;
      onRequest();
      const status = statuses.shift() ?? 200;
      if (status !== 0) response.writeHead(status).end('yes');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    journal = new WatchedJournal();
    outbox = outboxWith([1, 1]);
  });

  afterEach(async () => {
    await outbox.onModuleDestroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  function outboxWith(notifyDelaysMs: number[]): NoticeOutbox {
    const options = {
      publicUrl: () => url,
      credentials: {} as SandboxCredentials,
      journalPath: null,
      clock: new SystemClock(),
      notifyDelaysMs,
    };
    return new NoticeOutbox(
      options,
      { alipay: wire, wechat: wire },
      journal as unknown as SandboxJournal,
      new SandboxFaults(),
    );
  }

  const send = (to = url) =>
    outbox.enqueue({ id: 'n1', channel: 'alipay', outTradeNo: 'o1', url: to, content: { a: 1 } });
  const history = () => journal.written.map(({ state, attempts }) => [state, attempts]);

  it('is done with the first acknowledgement', async () => {
    statuses.push(500);
    send();
    await journal.reached('acknowledged');
    expect(history()).toEqual([
      ['pending', 0],
      ['pending', 1],
      ['acknowledged', 1],
    ]);
    expect(requests).toBe(2);
  });

  it('gives up when the delays have run out', async () => {
    statuses.push(500, 500, 500);
    send();
    await journal.reached('abandoned');
    expect(history().at(-1)).toEqual(['abandoned', 3]);
    expect(requests).toBe(3);
  });

  it('counts a merchant that can’t be reached as a failed attempt', async () => {
    send('http://127.0.0.1:1/');
    await journal.reached('abandoned');
    expect(history()).toHaveLength(4);
  });

  it('leaves an attempt that the shutdown cuts off pending and uncounted', async () => {
    statuses.push(0);
    const arrived = new Promise<void>((resolve) => (onRequest = resolve));
    send();
    await arrived;
    await outbox.onModuleDestroy();
    expect(history()).toEqual([['pending', 0]]);
  });

  it('takes up after a start what is pending, and only that, as it last stood', async () => {
    const notice = { channel: 'wechat', outTradeNo: 'o1', url, content: {} } as const;
    journal.entries = [
      { notice: { ...notice, id: 'done', attempts: 0, state: 'pending' } },
      { notice: { ...notice, id: 'open', attempts: 1, state: 'pending' } },
      { notice: { ...notice, id: 'done', attempts: 0, state: 'acknowledged' } },
      { notice: { ...notice, id: 'lost', attempts: 3, state: 'abandoned' } },
    ];
    outbox.onApplicationBootstrap();
    await journal.reached('acknowledged');
    expect(journal.written.map(({ id }) => id)).toEqual(['open']);
    expect(requests).toBe(1);
  });
});
