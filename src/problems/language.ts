import Negotiator from 'negotiator';
import type { Language } from './catalogue.js';

const OFFERED: Record<string, Language> = { en: 'en', 'zh-CN': 'zh-CN', zh: 'zh-CN' };

/** The language to answer in, by `Accept-Language`; English where it asks for neither. */
export function languageOf(request: { headers: Record<string, string | string[] | undefined> }): Language {
  const wanted = new Negotiator({ headers: request.headers }).language(Object.keys(OFFERED));
  return OFFERED[wanted ?? 'en'] ?? 'en';
}
