import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { startBuiltApp, type BuiltApp } from '../support/built-app.js';

jest.setTimeout(120_000);

const FILES: [file: string, heading: string][] = [
  ['README.md', '## The loop, with curl'],
  ['README.zh-CN.md', '## 用 curl 走完整个流程'],
];
const ADDRESS = 'API=http://127.0.0.1:3000';

/** What a reader pastes into a shell, one block after the other. */
function commandsOf(file: string, heading: string): string {
  const [, section = ''] = readFileSync(file, 'utf8').split(`\n${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return Array.from(own.matchAll(/^```sh\n(.*?)^```$/gms), ([, block]) => block).join('');
}

/** The names that the commands of README's way to an administrator carry: the first line of the section. */
function administratorOf(file: string): Record<string, string> {
  const [, email, password] =
    /`ADMIN_EMAIL=(\S+) ADMIN_PASSWORD='([^']+)' npm start`/.exec(readFileSync(file, 'utf8')) ?? [];
  return { ADMIN_EMAIL: email!, ADMIN_PASSWORD: password! };
}

describe('the loop that README prints', () => {
  let app: BuiltApp;

  beforeAll(async () => {
    app = await startBuiltApp(administratorOf('README.md'));
  });
  afterAll(() => app.close());

  it.each(FILES)('works as it stands, again and again: %s', async (file, heading) => {
    const commands = commandsOf(file, heading);
    expect(commands).toContain(ADDRESS);
    const script = commands.replace(ADDRESS, `API=${app.url}`);
    for (const round of ['first', 'second']) {
      const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script]);
      const count = (pattern: RegExp) => stdout.match(pattern)?.length ?? 0;
      expect({
        round,
        stderr,
        debits: count(/"usageId":/g),
        refusals: count(/"status":4\d\d,/g),
        exceeded: count(/"code":"QUOTA_EXCEEDED"/g),
        paid: count(/"amount":"99\.00",[^{}]*"status":"paid"/g),
        pro: count(/"code":"pro"/g),
        repeated: count(/"resourceId":"study-11"/g),
        refunds: count(/"refundId":"[^"]+","amount":"99\.00","status":"succeeded"/g),
      }).toEqual({
        round,
        stderr: '',
        debits: 11,
        refusals: 1,
        exceeded: 1,
        paid: 1,
        pro: expect.any(Number),
        repeated: 1,
        refunds: 1,
      });
    }
  });

  it('is told with the same administrator in both languages', () => {
    expect(administratorOf('README.zh-CN.md')).toEqual(administratorOf('README.md'));
  });
});
