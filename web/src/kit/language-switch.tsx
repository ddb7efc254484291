import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage, speak } from './i18n.js';

/** Says the other language's name in that language. */
export function LanguageSwitch(): ReactElement {
  const { t } = useTranslation();
  const other = currentLanguage() === 'en' ? 'zh-CN' : 'en';
  return (
    <button type="button" className="link-button" lang={other} onClick={() => void speak(other)}>
      {t('language')}
    </button>
  );
}
