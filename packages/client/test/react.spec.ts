import { Window } from 'happy-dom';
import { createElement, StrictMode, type ReactElement } from 'react';
import { createBrowserClient } from '../src/index.js';
import {
  CommercialProvider,
  useCheckout,
  useEntitlement,
  usePlans,
  useQuota,
  type CheckoutControls,
  type QuotaState,
} from '../src/react/index.js';
import { createFakeCommercial, type FakeCommercial } from '../src/testing/index.js';

/** A page with a browser's globals, which React looks for when it is loaded. */
describe('the hooks', () => {
  const window = new Window();
  const before = Object.getOwnPropertyDescriptors(globalThis);
  let act: (typeof import('react'))['act'];
  let createRoot: (typeof import('react-dom/client'))['createRoot'];
  let fake: FakeCommercial;
  let unmount: () => Promise<void>;

  beforeAll(async () => {
    const globals = { window, document: window.document, IS_REACT_ACT_ENVIRONMENT: true };
    for (const [name, value] of Object.entries(globals)) {
      Object.defineProperty(globalThis, name, { value, configurable: true });
    }
    ({ act } = await import('react'));
    ({ createRoot } = await import('react-dom/client'));
  });
  afterAll(async () => {
    for (const name of ['window', 'document', 'IS_REACT_ACT_ENVIRONMENT']) {
      if (before[name]) Object.defineProperty(globalThis, name, before[name]);
      else Reflect.deleteProperty(globalThis, name);
    }
    await window.happyDOM.close();
  });

  beforeEach(() => {
    fake = createFakeCommercial();
  });
  afterEach(() => unmount());

  /** Shows what the hooks say, in the strict mode that looks twice. */
  async function show(Page: () => ReactElement | null): Promise<void> {
    const client = createBrowserClient(fake.signedInAs('anna'));
    const root = createRoot(window.document.createElement('div') as never);
    unmount = () => act(async () => root.unmount());
    const provider = createElement(CommercialProvider, { client }, createElement(Page));
    await act(async () => root.render(createElement(StrictMode, null, provider)));
  }

  const settled = (condition: () => boolean) =>
    act(async () => {
      while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
    });

  const asked = (route: string) => fake.requests.filter((request) => request.route === route).length;

  it('show what is there, and ask for it once however many show it', async () => {
    fake.subscribe('anna', 'enterprise');
    const seen = {
      quotas: [] as QuotaState[],
      support: undefined as unknown,
      priority: undefined as unknown,
      plans: 0,
    };
    await show(() => {
      seen.quotas = [useQuota(), useQuota('processing_count'), useQuota('unheard_of')];
      seen.support = useEntitlement('custom_support').isGranted;
      seen.priority = useEntitlement('priority').value;
      seen.plans = usePlans().plans.length;
      return null;
    });
    await settled(() => seen.plans > 0 && seen.support === true && !seen.quotas[0]!.isLoading);
    expect(seen.quotas.map(({ quota }) => quota?.limit)).toEqual([999_999, 999_999, undefined]);
    expect(seen.priority).toBe('high');
    expect(asked('GET /quota')).toBe(1);
    expect(asked('GET /entitlements')).toBe(1);
  });

  it('grant nothing that is not known, and say what went wrong', async () => {
    fake.outage = 'unavailable';
    const seen: { isGranted?: boolean; error?: unknown } = {};
    await show(() => {
      Object.assign(seen, useEntitlement('custom_support'));
      return null;
    });
    expect(seen.isGranted).toBe(false);
    await settled(() => seen.error !== null);
    expect(seen).toMatchObject({ isGranted: false, error: { code: 'SERVICE_UNAVAILABLE' } });
  });

  it('need their provider', async () => {
    const root = createRoot(window.document.createElement('div') as never);
    unmount = () => act(async () => root.unmount());
    const Lost = () => {
      useQuota();
      return null;
    };
    const shown = async () => act(async () => root.render(createElement(Lost)));
    await expect(shown()).rejects.toThrow('CommercialProvider');
  });

  describe('of a checkout', () => {
    let checkout: CheckoutControls;
    let quota: QuotaState;
    const Page = () => {
      checkout = useCheckout({ pollMs: 5 });
      quota = useQuota();
      return null;
    };
    const start = () => checkout.start({ planCode: 'pro', provider: 'alipay' });

    it('lead from the order to its payment, and show the new quota', async () => {
      await show(Page);
      await settled(() => quota.quota?.limit === 10);
      expect(checkout.phase).toBe('idle');
      await act(start);
      expect(checkout).toMatchObject({ phase: 'waiting', payment: { amount: '99.00' } });
      fake.pay(checkout.payment!.orderId);
      await settled(() => checkout.phase === 'paid' && quota.quota?.limit === 100);
    });

    it('order once for a double click, and under one key where the first try fails', async () => {
      await show(Page);
      await act(async () => void (await Promise.all([start(), start(), start()])));
      expect(asked('POST /subscriptions')).toBe(1);
      await act(() => checkout.cancel());
      expect(checkout.phase).toBe('closed');
      fake.outage = 'network';
      await act(start);
      expect(checkout).toMatchObject({ phase: 'failed', error: { code: 'NETWORK_FAILED' } });
      fake.outage = 'unavailable';
      await act(start);
      fake.outage = null;
      await act(start);
      expect(checkout.phase).toBe('waiting');
      const orders = fake.requests.filter(({ route }) => route === 'POST /subscriptions');
      expect(orders).toHaveLength(2);
    });

    it('find the payment again after the network was gone', async () => {
      await show(Page);
      await act(start);
      fake.outage = 'network';
      await settled(() => checkout.error !== null);
      expect(checkout.phase).toBe('waiting');
      fake.pay(checkout.payment!.orderId);
      fake.outage = null;
      await settled(() => checkout.phase === 'paid');
      expect(checkout.error).toBeNull();
    });

    it('show an order whose time is over, and one that was paid while it was closed', async () => {
      await show(Page);
      await act(start);
      fake.clock.advance({ hours: 1 });
      await settled(() => checkout.phase === 'closed');
      await act(start);
      fake.pay(checkout.payment!.orderId);
      await act(() => expect(checkout.cancel()).rejects.toMatchObject({ code: 'PAYMENT_NOT_PENDING' }));
      expect(checkout.phase).toBe('paid');
    });
  });
});
