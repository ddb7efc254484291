import { useTranslation } from 'react-i18next';
import type { Payment } from '@idoctor/commercial-client';
import { useQuery } from '@tanstack/react-query';
import { plansQuery } from './queries.js';

/** What a quota type is called; one that nobody has named goes by its own name. */
export function useQuotaName(): (quotaType: string) => string {
  const { t } = useTranslation();
  return (quotaType) =>
    t(`quotaType.${quotaType}` as 'quotaType.processing_count', { defaultValue: quotaType });
}

export function useResourceName(): (resourceType: string) => string {
  const { t } = useTranslation();
  return (type) => t(`resource.${type}` as 'resource.dicom_processing', { defaultValue: type });
}

export function useChannelName(): (provider: string) => string {
  const { t } = useTranslation();
  return (provider) => t(`channel.${provider}` as 'channel.alipay', { defaultValue: provider });
}

/** What an order is for: its kind, and its plan where it has one. */
export function usePurpose(): (payment: Pick<Payment, 'purpose' | 'planCode'>) => string {
  const { t } = useTranslation();
  const { data: plans = [] } = useQuery(plansQuery);
  return ({ purpose, planCode }) => {
    const kind = t(`payments.purposes.${purpose}`);
    if (!planCode) return kind;
    return `${kind} · ${plans.find(({ code }) => code === planCode)?.name ?? planCode}`;
  };
}
