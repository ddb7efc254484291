import { isCommonPassword } from '../../auth/identity/passwords/common-passwords.js';
import { MIN_PASSWORD } from '../../auth/identity/passwords/password-length.js';
import { isExternalId } from '../../auth/identity/customers/external-id.js';
import { isEmailAddress } from '../../auth/identity/users/email.js';
import { readPlans } from '../../billing/catalog/plans/plan-reading.js';
import { FREE_PLAN_CODE } from '../../billing/options/billing-options.js';
import { DEFAULT_RESOURCES } from '../../quota/balances/quota-options.js';
import type { CommercialOptions } from '../commercial-options.js';

/** What is wrong in the options themselves, before anything is asked of a database. */
export async function optionFaults(options: CommercialOptions): Promise<string[]> {
  return [
    ...identifyFaults(options),
    ...localeFaults(options),
    ...administratorFaults(options),
    ...(await planFaults(options)),
  ];
}

function identifyFaults({ identify }: CommercialOptions): string[] {
  if (identify === undefined || typeof identify === 'function') return [];
  return [
    'identify must be a function of the request that answers { externalId, email?, displayName? } or null, such as ' +
      '(req) => req.user && { externalId: String(req.user.id) }.',
  ];
}

function localeFaults({ defaultLocale }: CommercialOptions): string[] {
  if (defaultLocale === undefined || defaultLocale === 'zh-CN' || defaultLocale === 'en') return [];
  return [`defaultLocale is ${JSON.stringify(defaultLocale)}. It must be 'zh-CN' or 'en'.`];
}

function administratorFaults({ administrator, identify }: CommercialOptions): string[] {
  if (administrator === undefined) return [];
  const { externalId, email, password } = administrator as Record<string, unknown>;
  if (externalId !== undefined) {
    if (!identify) {
      return [
        'administrator names an externalId, which only a user that identify finds has: give identify too.',
      ];
    }
    if (isExternalId(externalId)) return [];
    return [
      `administrator.externalId is ${JSON.stringify(externalId)}. It must be what identify answers for that user.`,
    ];
  }
  if (typeof email !== 'string' || !isEmailAddress(email)) {
    return [
      "administrator must be { externalId: '…' } or { email: '…' } of a user that identify finds, or { email: '…', " +
        "password: '…' } of one who signs in with POST /auth/login.",
    ];
  }
  if (password === undefined) {
    if (identify) return [];
    return [
      'administrator has no password, so nobody could sign in as that user: add { password }, or give identify.',
    ];
  }
  if (typeof password !== 'string' || password.length < MIN_PASSWORD) {
    return [`administrator.password must have at least ${MIN_PASSWORD} characters.`];
  }
  return isCommonPassword(password)
    ? ['administrator.password is one of the most common ones: choose another.']
    : [];
}

async function planFaults({ plans, freePlan, features, resources }: CommercialOptions): Promise<string[]> {
  if (plans === undefined) return [];
  const quotaTypes = [...new Set(Object.values(resources ?? DEFAULT_RESOURCES))];
  const read = await readPlans(plans, { quotaTypes, ...(features === undefined ? {} : { features }) });
  const first = read.plans.find(({ code }) => code === (freePlan ?? FREE_PLAN_CODE));
  if (!first || first.terms.priceFen === 0) return read.faults;
  return [
    ...read.faults,
    `plans, ${JSON.stringify(first.code)}: it is the plan that a new account gets, so its price must be 0.00; name ` +
      'another with { freePlan }.',
  ];
}
