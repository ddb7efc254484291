import { isDeepStrictEqual } from 'node:util';
import { fenFromYuan } from '../../../money/fen.js';
import { Problem } from '../../../problems/problem.js';
import { createValidationPipe } from '../../../problems/validation.pipe.js';
import { CreatePlanDto } from './admin-plan.dto.js';
import { requireSound, type PlanTerms, type PlanVocabulary } from './plan-rules.js';
import type { BillingCycle, SubscriptionPlan } from './subscription-plan.entity.js';

/** A plan that code or a file declares, found to be sound. */
export interface DeclaredPlan {
  code: string;
  billingCycle: BillingCycle;
  terms: PlanTerms;
}

const PIPE = createValidationPipe();

/**
 * Reads plans that somebody wrote outside the API, by the API's own rules.
 * @returns the plans, or a line for each fault, which names the plan by its code or its place
 */
export async function readPlans(
  declared: unknown,
  vocabulary: PlanVocabulary,
): Promise<{ plans: DeclaredPlan[]; faults: string[] }> {
  if (!Array.isArray(declared)) return { plans: [], faults: ['plans must be a list of plans.'] };
  const plans: DeclaredPlan[] = [];
  const faults: string[] = [];
  for (const [index, one] of declared.entries()) {
    const name = nameOf(one, index);
    try {
      const plan = await readPlan(one, vocabulary);
      if (plans.some(({ code }) => code === plan.code)) faults.push(`${name}: there are two of that code.`);
      plans.push(plan);
    } catch (error) {
      faults.push(...faultsOf(error).map((fault) => `${name}: ${fault}.`));
    }
  }
  return { plans, faults };
}

async function readPlan(value: unknown, vocabulary: PlanVocabulary): Promise<DeclaredPlan> {
  // A copy: what a host wrote down may be frozen, or used elsewhere too.
  const copy: unknown = typeof value === 'object' && value !== null ? structuredClone(value) : value;
  const dto = (await PIPE.transform(copy, { type: 'body', metatype: CreatePlanDto })) as CreatePlanDto;
  const terms = termsOf(dto);
  requireSound(terms, vocabulary);
  return { code: dto.code, billingCycle: dto.billingCycle, terms };
}

export function termsOf(dto: Omit<CreatePlanDto, 'code' | 'billingCycle'>): PlanTerms {
  const { name, description, price, quotas, features = {}, trialDays = 0 } = dto;
  return { name, description, priceFen: fenFromYuan(price), quotas: quotaTerms(quotas), features, trialDays };
}

export function quotaTerms(quotas: CreatePlanDto['quotas']): PlanTerms['quotas'] {
  return quotas.map(({ quotaType, quotaLimit, overageCap = 0 }) => ({ quotaType, quotaLimit, overageCap }));
}

/** The terms in which a version differs, in the order in which a plan is written. */
export function differences(version: SubscriptionPlan, terms: PlanTerms): (keyof PlanTerms)[] {
  const fields = ['name', 'description', 'priceFen', 'quotas', 'features', 'trialDays'] as const;
  const former: PlanTerms = version;
  return fields.filter((field) =>
    field === 'quotas'
      ? !isDeepStrictEqual(sorted(former.quotas), sorted(terms.quotas))
      : !isDeepStrictEqual(former[field], terms[field]),
  );
}

function sorted(quotas: PlanTerms['quotas']): PlanTerms['quotas'] {
  return quotas
    .map(({ quotaType, quotaLimit, overageCap }) => ({ quotaType, quotaLimit, overageCap }))
    .toSorted((a, b) => (a.quotaType < b.quotaType ? -1 : 1));
}

/** One line for each field at fault, in English. @throws what is no refusal */
export function faultsOf(error: unknown): string[] {
  if (!(error instanceof Problem)) throw error;
  const { errors = [] } = error.facts;
  return errors.length > 0 ? errors.map(({ message }) => message.en) : [error.message];
}

function nameOf(value: unknown, index: number): string {
  const code: unknown = (value as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string'
    ? `plans, ${JSON.stringify(code.slice(0, 64))}`
    : `plans, number ${index + 1}`;
}
