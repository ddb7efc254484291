import Negotiator from 'negotiator';
import type { Language } from './sentence.js';

const OFFERED: Record<string, Language> = { 'zh-CN': 'zh-CN', zh: 'zh-CN', en: 'en' };

/** The language to answer in, by `Accept-Language`; Chinese where it asks for neither. */
export function languageOf(request: { headers: Record<string, string | string[] | undefined> }): Language {
  const wanted = new Negotiator({ headers: request.headers }).language(Object.keys(OFFERED));
  return OFFERED[wanted ?? 'zh-CN'] ?? 'zh-CN';
}
