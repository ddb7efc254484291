import type { Sentence } from './sentence.js';

type Text = (...args: readonly unknown[]) => Sentence;

/** What class-validator's rules say of a value that breaks them, by their names; the field's name goes before it. */
export const CONSTRAINT_TEXTS: Readonly<Record<string, Text>> = {
  arrayMaxSize: (most) => ({ en: `must have at most ${most} entries`, 'zh-CN': `最多 ${most} 项` }),
  arrayMinSize: (least) => ({ en: `must have at least ${least} entries`, 'zh-CN': `至少 ${least} 项` }),
  arrayNotEmpty: () => ({ en: 'must have an entry at least', 'zh-CN': '不能为空列表' }),
  arrayUnique: () => ({ en: 'must name nothing twice', 'zh-CN': '不能有重复项' }),
  isArray: () => ({ en: 'must be a list', 'zh-CN': '必须是列表' }),
  isAscii: () => ({ en: 'must have ASCII characters only', 'zh-CN': '只能包含 ASCII 字符' }),
  isBoolean: () => ({ en: 'must be true or false', 'zh-CN': '必须是 true 或 false' }),
  isEmail: () => ({ en: 'must be an e-mail address', 'zh-CN': '必须是邮箱地址' }),
  isIn: (values) => oneOf(values as readonly unknown[]),
  isInt: () => ({ en: 'must be a whole number', 'zh-CN': '必须是整数' }),
  isIso8601: () => ({
    en: 'must be an ISO 8601 time, like 2026-12-24T08:00:00Z',
    'zh-CN': '必须是 ISO 8601 时间，例如 2026-12-24T08:00:00Z',
  }),
  isObject: () => ({ en: 'must be an object', 'zh-CN': '必须是对象' }),
  isRFC3339: () => ({
    en: 'must be an RFC 3339 time, like 2026-12-24T08:00:00Z',
    'zh-CN': '必须是 RFC 3339 时间，例如 2026-12-24T08:00:00Z',
  }),
  isString: () => ({ en: 'must be a string', 'zh-CN': '必须是字符串' }),
  isUrl: () => ({
    en: 'must be an address that begins with https:// or http://',
    'zh-CN': '必须是以 https:// 或 http:// 开头的地址',
  }),
  isUuid: () => ({ en: 'must be a UUID', 'zh-CN': '必须是 UUID' }),
  max: (most) => ({ en: `must be at most ${most}`, 'zh-CN': `不能大于 ${most}` }),
  maxLength: (most) => ({ en: `must have at most ${most} characters`, 'zh-CN': `最多 ${most} 个字符` }),
  min: (least) => ({ en: `must be at least ${least}`, 'zh-CN': `不能小于 ${least}` }),
  nestedValidation: () => ({ en: 'must be an object', 'zh-CN': '必须是对象' }),
  unknownValue: () => ({ en: 'must be an object', 'zh-CN': '必须是对象' }),
  whitelistValidation: () => ({
    en: 'is no field of this request: leave it out',
    'zh-CN': '不是此请求的字段，请去掉',
  }),
};

export function oneOf(values: readonly unknown[]): Sentence {
  const listed = values.join(', ');
  return { en: `must be one of: ${listed}`, 'zh-CN': `必须是以下之一：${listed}` };
}

export function wholeNumber(least: number, most: number): Sentence {
  return {
    en: `must be a whole number from ${least} to ${most}`,
    'zh-CN': `必须是 ${least} 至 ${most} 之间的整数`,
  };
}
