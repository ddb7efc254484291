import {
  createContext,
  createElement,
  useCallback,
  useContext,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from 'react';
import type { AccountClient } from '../account-client.js';
import { CommercialStore, type Loaded } from './store.js';

const Context = createContext<CommercialStore | null>(null);

export interface CommercialProviderProps {
  /** A browser's client, made once; another one starts afresh. */
  client: AccountClient;
  children?: ReactNode;
}

/** Gives the hooks below it their client. */
export function CommercialProvider({ client, children }: CommercialProviderProps): ReactElement {
  const [store, setStore] = useState(() => new CommercialStore(client));
  if (store.client !== client) setStore(new CommercialStore(client));
  return createElement(Context.Provider, { value: store }, children);
}

export function useStore(): CommercialStore {
  const store = useContext(Context);
  if (!store) throw new Error('this hook needs a <CommercialProvider client={…}> above it');
  return store;
}

/** The client of the provider. */
export function useCommercial(): AccountClient {
  return useStore().client;
}

/** @returns how to load again what is shown: quota, entitlements and plans */
export function useRefresh(): () => Promise<void> {
  const store = useStore();
  return useCallback(() => store.refresh(), [store]);
}

/** @param load of an unchanging function: it is called once for all who use the key */
export function useLoaded<Value>(
  key: string,
  load: (client: AccountClient) => Promise<Value>,
): Loaded<Value> {
  const store = useStore();
  const subscribe = useCallback(
    (listener: () => void) => store.subscribe(key, () => load(store.client), listener),
    [store, key, load],
  );
  const read = useCallback(() => store.read<Value>(key), [store, key]);
  return useSyncExternalStore(subscribe, read, read);
}
