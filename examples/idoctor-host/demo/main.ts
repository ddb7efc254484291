import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { DemoError } from './demo-error.js';
import { Instance } from './instance.js';
import { heading, step } from './print.js';
import type { Stage } from './stage.js';
import { tellStory } from './story.js';

const MISUSED = 2;

function chosenProvider(): Stage['provider'] {
  return new Command('npm run demo --')
    .description(
      'Goes through the commercial loop on real DICOM studies, with a service and a host of its own.',
    )
    .addOption(
      new Option('--provider <name>', 'who is paid').choices(['alipay', 'wechat'] as const).default('alipay'),
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : MISUSED))
    .parse()
    .opts<{ provider: Stage['provider'] }>().provider;
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
