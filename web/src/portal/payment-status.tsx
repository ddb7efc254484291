import type { Payment } from '@idoctor/commercial-client';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

const TONES: Record<Payment['status'], string> = {
  pending: 'badge warn',
  paid: 'badge good',
  closed: 'badge',
  failed: 'badge bad',
  partially_refunded: 'badge',
  refunded: 'badge',
};

export function PaymentStatus({ status }: Pick<Payment, 'status'>): ReactElement {
  const { t } = useTranslation();
  return (
    <span className={TONES[status]} data-testid="payment-status">
      {t(`payments.statuses.${status}`)}
    </span>
  );
}
