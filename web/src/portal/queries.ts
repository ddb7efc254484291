import { queryOptions } from '@tanstack/react-query';
import {
  NotFoundError,
  type AgreementAnswer,
  type Plan,
  type Subscription,
} from '@idoctor/commercial-client';
import { client } from '../kit/client.js';

export const subscriptionQuery = queryOptions({
  queryKey: ['subscription'],
  queryFn: (): Promise<Subscription | null> => client.subscriptions.current(),
});

export const plansQuery = queryOptions({
  queryKey: ['plans'],
  queryFn: (): Promise<Plan[]> => client.plans.list(),
  staleTime: 300_000,
});

/** The newest agreement; null where there never was one. */
export const agreementQuery = queryOptions({
  queryKey: ['agreement'],
  queryFn: async (): Promise<AgreementAnswer | null> => {
    try {
      return await client.subscriptions.agreement();
    } catch (error) {
      if (error instanceof NotFoundError) return null;
      throw error;
    }
  },
});

export function isFree({ plan }: Pick<Subscription, 'plan'>): boolean {
  return Number(plan.price) === 0;
}
