import { FakeProblem } from './problem.js';

type Body = Record<string, unknown>;
type Check = (value: unknown) => boolean;

const MAX_COST = 1_000_000;
const MAX_TTL_SECONDS = 604_800;

const isWhole = (most: number): Check => {
  return (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;
};

const isText = (most: number): Check => {
  return (value) => typeof value === 'string' && value.length >= 1 && value.length <= most;
};

const optional = (check: Check, { orNull = false } = {}): Check => {
  return (value) => value === undefined || (orNull && value === null) || check(value);
};

export const COST: Check = optional(isWhole(MAX_COST));
export const RESOURCE_ID: Check = optional(isText(255), { orNull: true });
export const METADATA: Check = optional(isSmallObject, { orNull: true });
export const TTL: Check = optional(isWhole(MAX_TTL_SECONDS));

/** @throws FakeProblem VALIDATION_FAILED, which names every field at fault */
export function requireFields(body: Body, checks: Record<string, Check>): void {
  const unknown = Object.keys(body).filter((field) => !Object.hasOwn(checks, field));
  const wrong = Object.keys(checks).filter((field) => !checks[field]!(body[field]));
  const fields = [...unknown, ...wrong];
  if (fields.length === 0) return;
  const errors = fields.map((field) => ({ field, message: `${field} is not valid` }));
  throw new FakeProblem('VALIDATION_FAILED', { reason: errors[0]!.message }, { errors });
}

function isSmallObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return new TextEncoder().encode(JSON.stringify(value)).length <= 4096;
}
