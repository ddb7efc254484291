import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Texts } from '../locales/zh-CN.js';

export type Language = 'zh-CN' | 'en';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Texts };
    returnNull: false;
  }
}

const KEPT = 'commercial.language';

const load: Record<Language, () => Promise<Texts>> = {
  'zh-CN': async () => (await import('../locales/zh-CN.js')).texts,
  en: async () => (await import('../locales/en.js')).texts,
};

/** What the person chose here before, or else what the browser asks for; Chinese where it asks for neither. */
function wanted(): Language {
  const chosen = localStorage.getItem(KEPT);
  if (chosen === 'en' || chosen === 'zh-CN') return chosen;
  const asked = navigator.languages.find((language) => /^(zh|en)\b/.test(language));
  return asked?.startsWith('en') ? 'en' : 'zh-CN';
}

export async function startLanguages(): Promise<void> {
  const language = wanted();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: await load[language]() } },
    // React escapes by itself.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language;
}

export async function speak(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await load[language]());
  }
  localStorage.setItem(KEPT, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'zh-CN';
}
