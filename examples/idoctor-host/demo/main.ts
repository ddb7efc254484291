import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DemoError } from './demo-error.js';
import { Instance } from './instance.js';
import { heading, step } from './print.js';
import type { Stage } from './stage.js';
import { tellStory } from './story.js';

function chosenProvider(): Stage['provider'] {
  const { values } = parseArgs({ options: { provider: { type: 'string', default: 'alipay' } } });
  if (values.provider === 'alipay' || values.provider === 'wechat') return values.provider;
  throw new DemoError('--provider must be alipay or wechat.');
}

async function run(
  provider: Stage['provider'],
  instance: Instance,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now();
  await instance.start(folder, signal);
  const { serviceUrl, hostUrl, admin } = instance;
  const seconds = () => `${((performance.now() - started) / 1_000).toFixed(1)} s`;
  step('A fresh instance', `service ${serviceUrl}`, `host    ${hostUrl}`, `ready in ${seconds()}`);
  await tellStory({ serviceUrl, hostUrl, admin, provider });
  heading(`  Done in ${seconds()}.`);
}

/** Rejects, and aborts, at Ctrl-C or SIGTERM. */
function interruption(controller: AbortController): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        controller.abort(new DemoError(`Interrupted by ${signal}.`));
        reject(controller.signal.reason as DemoError);
      });
    }
  });
}

/** Whatever happens, nothing of the demonstration stays behind. */
async function main(): Promise<void> {
  const provider = chosenProvider();
  heading(`  iDoctor: the commercial loop, paid by ${provider} (sandbox)`);
  const folder = await mkdtemp(join(tmpdir(), 'idoctor-demo-'));
  const instance = await Instance.reserve();
  const controller = new AbortController();
  try {
    await Promise.race([run(provider, instance, folder, controller.signal), interruption(controller)]);
  } finally {
    await instance.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(
    `\n  Failed: ${error instanceof DemoError ? error.message : String((error as Error).stack)}\n`,
  );
  process.exit(1);
}
