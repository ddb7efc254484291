import { Link } from '@tanstack/react-router';
import type { Payment } from '@idoctor/commercial-client';
import type { ReactElement } from 'react';
import { usePurpose } from './names.js';

/** What an order is for, as the link to its page. */
export function PaymentLink({ payment }: { payment: Payment }): ReactElement {
  const purpose = usePurpose();
  return (
    <Link to="/payments/$orderId" params={{ orderId: payment.orderId }}>
      {purpose(payment)}
    </Link>
  );
}
