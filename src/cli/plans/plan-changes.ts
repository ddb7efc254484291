import type { DataSource } from 'typeorm';
import { differences, type DeclaredPlan } from '../../billing/catalog/plans/plan-reading.js';
import type { PlanTerms } from '../../billing/catalog/plans/plan-rules.js';
import { SubscriptionPlan } from '../../billing/catalog/plans/subscription-plan.entity.js';
import { yuanFromFen } from '../../money/fen.js';

/** What a file of plans means for what is on sale. */
export interface PlanChange {
  code: string;
  change: 'create' | 'version' | 'restore' | 'archive' | 'none';
  /** What each term was and becomes. */
  terms: { field: string; from: unknown; to: unknown }[];
  /** How many hold the plan now, in whatever version. They keep theirs. */
  subscribers: number;
  /** Why it can't be done. */
  fault: string | null;
}

/** @param archives whether plans that the file doesn't name are taken off sale */
export async function changesOf(
  dataSource: DataSource,
  wanted: readonly DeclaredPlan[],
  { archives }: { archives: boolean },
): Promise<PlanChange[]> {
  const latest = await latestVersions(dataSource);
  const subscribers = await subscribersOf(dataSource);
  const changes = wanted.map((plan) =>
    changeOf(plan, latest.get(plan.code), subscribers.get(plan.code) ?? 0),
  );
  const named = new Set(wanted.map(({ code }) => code));
  const others = archives
    ? [...latest.values()].filter(({ code, status }) => !named.has(code) && status === 'active')
    : [];
  return [
    ...changes,
    ...others.map(({ code }) => ({
      code,
      change: 'archive' as const,
      terms: [],
      subscribers: subscribers.get(code) ?? 0,
      fault: null,
    })),
  ];
}

async function latestVersions(dataSource: DataSource): Promise<Map<string, SubscriptionPlan>> {
  const all = await dataSource.manager.find(SubscriptionPlan, {
    relations: { quotas: true },
    order: { code: 'ASC', version: 'ASC' },
  });
  return new Map(all.map((plan) => [plan.code, plan]));
}

async function subscribersOf(dataSource: DataSource): Promise<Map<string, number>> {
  const rows: { code: string; count: number }[] = await dataSource.query(
    `SELECT plan.code, count(*)::int AS count
     FROM commercial.subscriptions subscription JOIN commercial.subscription_plans plan ON plan.id = subscription.plan_id
     WHERE subscription.status = 'active' GROUP BY plan.code`,
  );
  return new Map(rows.map(({ code, count }) => [code, count]));
}

function changeOf(
  { code, billingCycle, terms }: DeclaredPlan,
  latest: SubscriptionPlan | undefined,
  subscribers: number,
): PlanChange {
  if (!latest) return { code, change: 'create', terms: [], subscribers, fault: null };
  const fields = differences(latest, terms);
  const shown = fields.map((field) => ({
    field: nameOf(field),
    from: shownTerm(latest, field),
    to: shownTerm(terms, field),
  }));
  const change = fields.length > 0 ? 'version' : latest.status === 'archived' ? 'restore' : 'none';
  return { code, change, terms: shown, subscribers, fault: faultOf(latest, billingCycle, terms) };
}

function faultOf(latest: SubscriptionPlan, billingCycle: string, terms: PlanTerms): string | null {
  if (latest.billingCycle !== billingCycle) {
    return `it is ${latest.billingCycle} and stays so; sell the other cycle under another code`;
  }
  if ((latest.priceFen === 0) !== (terms.priceFen === 0)) {
    return latest.priceFen === 0 ? 'a free plan stays free' : 'a plan that costs money never becomes free';
  }
  return null;
}

function nameOf(field: keyof PlanTerms): string {
  return field === 'priceFen' ? 'price' : field;
}

function shownTerm(terms: PlanTerms, field: keyof PlanTerms): unknown {
  if (field === 'priceFen') return yuanFromFen(terms.priceFen);
  if (field !== 'quotas') return terms[field];
  return terms.quotas.map(({ quotaType, quotaLimit, overageCap }) => ({ quotaType, quotaLimit, overageCap }));
}

const MARKS: Record<PlanChange['change'], string> = {
  create: '+ new',
  version: '~ next version',
  restore: '+ on sale again',
  archive: '- off sale',
  none: '= as it is',
};

/** For a person. */
export function linesOf(changes: readonly PlanChange[]): string[] {
  return changes.flatMap(({ code, change, terms, subscribers, fault }) => [
    `${MARKS[change]}: ${code} (${subscribers} subscribers${subscribers > 0 && change !== 'none' ? ', who keep theirs' : ''})`,
    ...terms.map(({ field, from, to }) => `    ${field}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`),
    ...(fault === null ? [] : [`    can't be done: ${fault}`]),
  ]);
}
