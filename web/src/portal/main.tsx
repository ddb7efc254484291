import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { whenSignedOut } from '../kit/client.js';
import { startLanguages } from '../kit/i18n.js';
import '../kit/styles.css';
import { createPortalRouter } from './router.js';

// The client repeats what may be repeated; a second layer of repeats would only keep people waiting.
const queries = new QueryClient({
  defaultOptions: {
    // Without a network too: what fails is said, where the library would only wait.
    queries: { retry: false, staleTime: 10_000, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});
const router = createPortalRouter();

whenSignedOut(() => {
  queries.clear();
  const { pathname, searchStr } = router.state.location;
  void router.navigate({ to: '/sign-in', search: { next: pathname + searchStr, ended: true } });
});

await startLanguages();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
