import type { Command } from 'commander';
import { carryOutOr } from '../../terminal/command.js';
import { explainFailure } from './explain-failure.js';

/** Reads the command line and does what it asks for. Work that fails prints why and ends the process with 1. */
export function carryOut(wanted: Command): Promise<void> {
  return carryOutOr(explainFailure, wanted);
}
