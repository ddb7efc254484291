import Negotiator from 'negotiator';
import type { Language } from './sentence.js';

const OFFERED: Record<Language, readonly string[]> = {
  'zh-CN': ['zh-CN', 'zh', 'en'],
  en: ['en', 'zh-CN', 'zh'],
};

export interface LanguageRequest {
  headers: Record<string, string | string[] | undefined>;
  /** The application that serves it, on Express. */
  app?: unknown;
  /** The same on Fastify, where it may be one made of it. */
  server?: unknown;
}

const defaults = new WeakMap<object, Language>();

/** Gives an application (Express's or Fastify's) another default than Chinese. */
export function setDefaultLanguage(application: object, language: Language): void {
  defaults.set(application, language);
}

/** The language to answer in, by `Accept-Language`; the application's default where it asks for none that there is. */
export function languageOf(request: LanguageRequest): Language {
  const standard = defaultOf(request.app) ?? defaultOf(request.server) ?? 'zh-CN';
  const wanted = new Negotiator({ headers: request.headers }).language([...OFFERED[standard]]);
  if (wanted === undefined) return standard;
  return wanted === 'en' ? 'en' : 'zh-CN';
}

function defaultOf(application: unknown): Language | undefined {
  for (let one = application; isObject(one); one = Object.getPrototypeOf(one)) {
    const language = defaults.get(one);
    if (language) return language;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
