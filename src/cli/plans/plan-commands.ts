import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { PlanAdministration } from '../../billing/catalog/plans/plan-administration.service.js';
import { PlansService } from '../../billing/catalog/plans/plans.service.js';
import { inTransaction } from '../../database/transaction.js';
import { SystemClock } from '../../time/clock.js';
import { CliError } from '../cli-error.js';
import { databaseUrl, withDatabase } from '../database.js';
import { PENDING } from '../exit-codes.js';
import { outputOf } from '../output.js';
import { changesOf, linesOf, type PlanChange } from './plan-changes.js';
import { readPlanFile, writePlanFile, type PlanFile } from './plan-file.js';

interface PushOptions {
  apply?: boolean;
  archiveMissing?: boolean;
  migrateAt?: Date;
}

export async function pull(file: string | undefined, _options: object, command: Command): Promise<void> {
  const onSale = await withDatabase(databaseUrl(), (dataSource) =>
    new PlansService(dataSource, new SystemClock()).list(),
  );
  const content = writePlanFile(onSale);
  if (file === undefined) {
    outputOf(command).print({ yaml: content }, [content.trimEnd()]);
    return;
  }
  await writeFile(file, content);
  outputOf(command).print({ file, plans: onSale.length }, [`${onSale.length} plans written to ${file}.`]);
}

export async function diff(
  path: string,
  { archiveMissing = false }: PushOptions,
  command: Command,
): Promise<void> {
  const file = await readPlanFile(path);
  const changes = await withDatabase(databaseUrl(), (dataSource) =>
    changesOf(dataSource, file.plans, { archives: archiveMissing }),
  );
  outputOf(command).print({ changes }, linesOf(changes));
  if (changes.some(({ change, fault }) => change !== 'none' || fault !== null)) process.exitCode = PENDING;
}

export async function push(path: string, options: PushOptions, command: Command): Promise<void> {
  const { apply = false, archiveMissing: archives = false, migrateAt = null } = options;
  const file = await readPlanFile(path);
  const { print, progress } = outputOf(command);
  const changes = await withDatabase(databaseUrl(), async (dataSource) => {
    const found = await changesOf(dataSource, file.plans, { archives });
    const faults = found.flatMap(({ code, fault }) => (fault === null ? [] : [`${code}: ${fault}.`]));
    if (faults.length > 0) throw new CliError(faults);
    if (!apply) return found;
    return progress.step(
      'Putting the plans on sale',
      () => carryOut(dataSource, file, { archives, migrateAt }),
      (done) => `${done.filter(({ change }) => change !== 'none').length} plans changed`,
    );
  });
  const isIdle = changes.every(({ change }) => change === 'none');
  const hint = apply || isIdle ? [] : ['Nothing was changed. To do it: --apply'];
  print({ applied: apply, changes }, [...linesOf(changes), ...hint]);
}

/** All of it or nothing. What is there is looked at again under the lock: another push may have come first. */
function carryOut(
  dataSource: DataSource,
  { plans, features }: PlanFile,
  { archives, migrateAt }: { archives: boolean; migrateAt: Date | null },
): Promise<PlanChange[]> {
  const administration = new PlanAdministration(dataSource, { features }, new SystemClock());
  return inTransaction(dataSource, async (manager) => {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('commercial.declared_plans'))`);
    const changes = await changesOf(dataSource, plans, { archives });
    for (const { code, change } of changes) {
      const plan = plans.find((one) => one.code === code);
      if (change === 'create')
        await administration.insertFirst(manager, null, code, plan!.billingCycle, plan!.terms);
      if (change === 'version') await administration.insertNext(manager, null, code, plan!.terms, migrateAt);
      if (change === 'archive') await administration.changeStatus(manager, null, code, 'archived');
      // The file says that it is on sale.
      else if (change !== 'create' && change !== 'none')
        await administration.changeStatus(manager, null, code, 'active');
    }
    return changes;
  });
}
