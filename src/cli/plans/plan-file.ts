import { readFile } from 'node:fs/promises';
import { dump, load, YAMLException } from 'js-yaml';
import { readPlans, type DeclaredPlan } from '../../billing/catalog/plans/plan-reading.js';
import type { SubscriptionPlan } from '../../billing/catalog/plans/subscription-plan.entity.js';
import { DEFAULT_FEATURES, type FeatureTypes } from '../../billing/options/plan-features.js';
import { yuanFromFen } from '../../money/fen.js';
import { CliError } from '../cli-error.js';

const HEAD = `# The plans on sale. Show what would change: commercial plans diff FILE. Change it: commercial plans push FILE --apply
`;

/** What a file of plans says. */
export interface PlanFile {
  plans: DeclaredPlan[];
  /** The types of features that plans may have. */
  features: FeatureTypes;
}

/** @throws CliError with a line for each fault */
export async function readPlanFile(path: string): Promise<PlanFile> {
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CliError([`${path} can't be read (${error.code ?? 'unknown'}).`]);
  });
  const { plans, features = DEFAULT_FEATURES, ...others } = membersOf(path, content);
  const unknown = Object.keys(others);
  if (unknown.length > 0) throw new CliError([`${path}: ${unknown.join(', ')} is not known; remove it.`]);
  if (!isFeatureTypes(features)) {
    throw new CliError([
      `${path}: features must name a type for each: integer, string, boolean, or { enum: [...] }.`,
    ]);
  }
  const read = await readPlans(plans, { features });
  if (read.faults.length > 0) throw new CliError(read.faults.map((fault) => `${path}: ${fault}`));
  return { plans: read.plans, features };
}

function membersOf(path: string, content: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = load(content);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new CliError([`${path} is not valid YAML: ${error.message.split('\n')[0]}.`]);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new CliError([`${path} must have the member plans, a list.`]);
}

function isFeatureTypes(value: unknown): value is FeatureTypes {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every(
      (type: unknown) =>
        ['integer', 'string', 'boolean'].includes(type as string) ||
        Array.isArray((type as { enum?: unknown } | null)?.enum),
    )
  );
}

/** The file of plans that are on sale now, in the form that {@link readPlanFile} takes. */
export function writePlanFile(plans: readonly SubscriptionPlan[]): string {
  const names = new Set(plans.flatMap(({ features }) => Object.keys(features)));
  const own = [...names].filter((name) => !Object.hasOwn(DEFAULT_FEATURES, name));
  const types = own.map((name) => [name, typeIn(plans, name)] as const);
  return (
    HEAD +
    dump({
      ...(own.length > 0 ? { features: { ...DEFAULT_FEATURES, ...Object.fromEntries(types) } } : {}),
      plans: plans.map(planOf),
    })
  );
}

function typeIn(plans: readonly SubscriptionPlan[], feature: string): 'integer' | 'string' | 'boolean' {
  const value = plans.map(({ features }) => features[feature]).find((one) => one !== undefined);
  return typeof value === 'number' ? 'integer' : typeof value === 'boolean' ? 'boolean' : 'string';
}

function planOf(plan: SubscriptionPlan): object {
  const { code, name, description, priceFen, billingCycle, quotas, features, trialDays } = plan;
  return {
    code,
    name,
    description,
    price: yuanFromFen(priceFen),
    billingCycle,
    quotas: quotas.map(({ quotaType, quotaLimit, overageCap }) => ({
      quotaType,
      quotaLimit,
      ...(overageCap > 0 ? { overageCap } : {}),
    })),
    ...(Object.keys(features).length > 0 ? { features } : {}),
    ...(trialDays > 0 ? { trialDays } : {}),
  };
}
