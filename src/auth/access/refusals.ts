import type { Sentence } from '../../problems/sentence.js';

/** Why a caller whom we know may not do something. */
export const ADMINISTRATORS_ONLY: Sentence = { en: 'it takes an administrator', 'zh-CN': '需要管理员' };

export const ADMINISTRATORS_KEYS_ONLY: Sentence = {
  en: 'it takes an administrator’s API key with the scope admin',
  'zh-CN': '需要管理员的、具有 admin 权限范围的 API 密钥',
};

export const NOT_FOR_MEMBERS: Sentence = {
  en: 'it takes an owner or an admin of the organization',
  'zh-CN': '需要机构的所有者或管理员',
};

export const NOT_BY_KEY: Sentence = {
  en: 'it takes an access token, not an API key',
  'zh-CN': '需要访问令牌，不能使用 API 密钥',
};

export const NOT_BY_PORTAL_LINK: Sentence = {
  en: 'a session from a portal link does not allow it; sign in with a password',
  'zh-CN': '通过门户链接打开的会话不允许此操作，请使用密码登录',
};

export const PORTAL_FOR_ONESELF: Sentence = {
  en: 'a portal link opens your own account; leave X-Account-Id out',
  'zh-CN': '门户链接只能打开您自己的账户，请不要发送 X-Account-Id',
};

export const NOT_THEIRS: Sentence = {
  en: 'the account that X-Account-Id names is not one of yours',
  'zh-CN': 'X-Account-Id 指定的账户不属于您',
};

export function lackingScopes(missing: readonly string[]): Sentence {
  const scopes = missing.join(', ');
  return { en: `the API key lacks the scope ${scopes}`, 'zh-CN': `该 API 密钥缺少权限范围 ${scopes}` };
}

export const NOT_BY_SERVICE_KEY: Sentence = {
  en: 'a service key does not serve here',
  'zh-CN': '此处不能使用服务密钥',
};

export const NOT_FOR_HOST_USERS: Sentence = {
  en: 'the application signs its users in by itself, so this is not done here',
  'zh-CN': '用户由应用自行登录管理，此处不提供该操作',
};

export const SERVICES_ONLY: Sentence = { en: 'it takes a service key', 'zh-CN': '需要服务密钥' };

export const CUSTOMERS_BY_SERVICES_ONLY: Sentence = {
  en: 'X-Customer-Id goes with a service key only',
  'zh-CN': 'X-Customer-Id 只能与服务密钥一起使用',
};

export const ACCOUNTS_BY_USERS_ONLY: Sentence = {
  en: 'with a service key, X-Customer-Id names the account, not X-Account-Id',
  'zh-CN': '使用服务密钥时，请用 X-Customer-Id 指定账户，而不是 X-Account-Id',
};

export function lackingServiceScope(scope: string): Sentence {
  return { en: `the service key lacks the scope ${scope}`, 'zh-CN': `该服务密钥缺少权限范围 ${scope}` };
}
