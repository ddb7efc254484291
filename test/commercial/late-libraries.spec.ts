import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Each is large, and an application may never use it: it loads when it is first used. */
const LATE = new Set([
  'alipay-sdk',
  'wechatpay-axios-plugin',
  'axios',
  'undici',
  'urllib',
  'pg-boss',
  '@zxcvbn-ts/language-common',
  'pdfkit',
]);

const REPORT = `
  import { registerHooks } from 'node:module';
  const loaded = new Set();
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const name = resolved.url.match(/.*[/]node_modules[/]((?:@[^/]+[/])?[^/]+)/)?.[1];
      if (name) loaded.add(name);
      return resolved;
    },
  });
  await import(process.argv[1]);
  console.log(JSON.stringify([...loaded]));
`;

describe('Importing the package', () => {
  it('loads the libraries that every host needs and none that a host may never use', () => {
    const index = pathToFileURL(resolve('dist/src/index.js')).href;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', REPORT, index], {
      encoding: 'utf8',
    });
    const loaded = JSON.parse(output) as string[];
    expect(loaded).toEqual(expect.arrayContaining(['@nestjs/common', 'typeorm', 'zod']));
    expect(loaded.filter((name) => LATE.has(name))).toEqual([]);
  });
});
