import { useTranslation } from 'react-i18next';

/** Whose days and hours are shown, whatever the browser's own: what a period ends by is the seller's time. */
export const TIME_ZONE = 'Asia/Shanghai';

export interface Format {
  /** Yuan, as the API gives them. */
  money(yuan: string): string;
  number(value: number): string;
  percent(share: number): string;
  day(moment: string | Date): string;
  /** Day, hour and minute. */
  moment(moment: string | Date): string;
}

function formatIn(language: string): Format {
  const money = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'CNY',
    currencyDisplay: 'narrowSymbol',
  });
  const number = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: TIME_ZONE });
  const moment = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: TIME_ZONE,
  });
  return {
    money: (yuan) => money.format(Number(yuan)),
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    day: (value) => day.format(new Date(value)),
    moment: (value) => moment.format(new Date(value)),
  };
}

const kept = new Map<string, Format>();

/** In the page's language. */
export function useFormat(): Format {
  const { language } = useTranslation().i18n;
  let format = kept.get(language);
  if (!format) kept.set(language, (format = formatIn(language)));
  return format;
}

/** The day of a moment in {@link TIME_ZONE}, as `2026-11-24`. */
export function dayKey(moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE }).format(moment);
}
