import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { SubscribeInput } from '../types.js';
import { CheckoutFlow, type CheckoutState } from './checkout.js';
import { useStore } from './context.js';

export interface CheckoutControls extends CheckoutState {
  /** Orders a plan; nothing happens while one is under way, so a double click buys once. */
  start: (input: SubscribeInput) => Promise<void>;
  /** Asks whether it is paid, now. */
  check: () => Promise<void>;
  /** Closes the order. @throws ConflictError where it was paid meanwhile */
  cancel: () => Promise<void>;
  reset: () => void;
}

/** @param pollMs how often the payment is asked for while the buyer pays. Default 2,000. */
export function useCheckout({ pollMs = 2_000 }: { pollMs?: number } = {}): CheckoutControls {
  const store = useStore();
  const flow = useMemo(
    () => new CheckoutFlow(store.client, pollMs, () => void store.refresh()),
    [store, pollMs],
  );
  useEffect(() => () => flow.leave(), [flow]);
  const subscribe = useCallback((listener: () => void) => flow.subscribe(listener), [flow]);
  const read = useCallback(() => flow.state, [flow]);
  const state = useSyncExternalStore(subscribe, read, read);
  return useMemo(
    () => ({
      ...state,
      start: (input) => flow.start(input),
      check: () => flow.check(),
      cancel: () => flow.cancel(),
      reset: () => flow.reset(),
    }),
    [flow, state],
  );
}
