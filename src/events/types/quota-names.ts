import type { Locale } from '../../auth/identity/users/user.entity.js';

/** What people call a quota type, in each of their languages. */
export type QuotaNames = Readonly<Record<string, Readonly<Record<Locale, string>>>>;

/** What iDoctor meters. */
export const DEFAULT_QUOTA_NAMES: QuotaNames = {
  processing_count: { 'zh-CN': '影像处理次数', en: 'Processed studies' },
};
