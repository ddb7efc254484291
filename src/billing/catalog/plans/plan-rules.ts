import { oneOf } from '../../../problems/constraint-texts.js';
import type { FieldError } from '../../../problems/problem.js';
import { about, type Sentence } from '../../../problems/sentence.js';
import { invalidInput } from '../../../problems/validation.pipe.js';
import type { BillingOptions } from '../../options/billing-options.js';
import { DEFAULT_FEATURES, requireKnownFeatures } from '../../options/plan-features.js';

/** What one version of a plan says. */
export interface PlanTerms {
  name: string;
  description: string;
  priceFen: number;
  quotas: readonly { quotaType: string; quotaLimit: number; overageCap: number }[];
  features: Readonly<Record<string, unknown>>;
  trialDays: number;
}

/** What a host's plans may name. */
export type PlanVocabulary = Pick<BillingOptions, 'features' | 'quotaTypes'>;

/** @throws Problem VALIDATION_FAILED, naming the fields at fault */
export function requireSound(
  { quotas, features, trialDays, priceFen }: PlanTerms,
  { features: types = DEFAULT_FEATURES, quotaTypes }: PlanVocabulary,
): void {
  if (priceFen === 0 && trialDays > 0) {
    const message = {
      en: 'trialDays must be 0 for a plan that is free',
      'zh-CN': '免费计划的 trialDays 必须为 0',
    };
    throw invalidInput([{ field: 'trialDays', message }]);
  }
  requireKnownFeatures(features, types);
  const names = quotas.map(({ quotaType }) => quotaType);
  const faults = names.flatMap((name, index): FieldError[] => {
    const field = `quotas.${index}.quotaType`;
    if (names.indexOf(name) < index) return [{ field, message: about(field, twice(name)) }];
    if (!quotaTypes || quotaTypes.includes(name)) return [];
    return [{ field, message: about(field, oneOf(quotaTypes)) }];
  });
  if (faults.length > 0) throw invalidInput(faults);
}

function twice(name: string): Sentence {
  return { en: `must not name ${name} twice`, 'zh-CN': `不能重复 ${name}` };
}

/**
 * A free subscription has no end at which it could be paid for, and what is paid can't become a gift under one name.
 * @throws Problem VALIDATION_FAILED
 */
export function requireSameKind(formerFen: number, nextFen: number): void {
  if ((formerFen === 0) === (nextFen === 0)) return;
  const message =
    formerFen === 0
      ? { en: 'price must stay 0 for a free plan', 'zh-CN': '免费计划的 price 必须保持为 0' }
      : {
          en: 'price must be more than 0 for a plan that costs money',
          'zh-CN': '付费计划的 price 必须大于 0',
        };
  throw invalidInput([{ field: 'price', message }]);
}
