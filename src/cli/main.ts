#!/usr/bin/env node
import 'reflect-metadata';
import { inspect } from 'node:util';
import type { Command } from 'commander';
import { SetupError } from '../commercial/start/setup-error.js';
import { UnknownChannel } from '../commercial/reconcile/unknown-channel.js';
import { ConfigurationError } from '../config/configuration-error.js';
import { carryOutOr, command } from '../terminal/command.js';
import { CliError } from './cli-error.js';
import { addAdmin } from './commands/admin.js';
import { addBackup } from './commands/backup.js';
import { addDoctor } from './commands/doctor.js';
import { addMigrate } from './commands/migrate.js';
import { addPlans } from './commands/plans.js';
import { addReconcile } from './commands/reconcile.js';
import { addSandbox } from './commands/sandbox.js';
import { loadEnvironment } from './database.js';
import { PENDING } from './exit-codes.js';
import { ownManifest } from './own-manifest.js';

const SUMMARY = `Runs the commercial layer of an application: its database, plans, payments and health.

Settings come from the environment, or from .env in the working folder: DATABASE_URL above all.
Exit codes: 0 done; 1 failed, or something for a person; 2 not understood; ${PENDING} something differs, nothing changed.`;

/** With `--json` on every command, which a program reads. */
function programOf(): Command {
  const program = command('commercial', SUMMARY).version(
    ownManifest().version,
    '--version',
    'print the version',
  );
  for (const add of [addMigrate, addAdmin, addPlans, addDoctor, addSandbox, addBackup, addReconcile])
    add(program);
  for (const one of leavesOf(program)) one.option('--json', 'print one JSON document');
  return program;
}

function leavesOf(parent: Command): Command[] {
  return parent.commands.length === 0 ? [parent] : parent.commands.flatMap(leavesOf);
}

function explain(error: unknown): string {
  if (error instanceof CliError || error instanceof ConfigurationError || error instanceof SetupError) {
    return error.faults.join('\n');
  }
  if (error instanceof UnknownChannel) return error.message;
  if (error instanceof Error && 'code' in error && error.message !== '') return error.message;
  return inspect(error);
}

loadEnvironment();
void carryOutOr(explain, programOf());
