import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { client } from '../kit/client.js';
import { NotFound } from './not-found.js';
import { Shell } from './shell.js';
import { SignIn } from './pages/sign-in.js';

/** In the session's storage: the order that this tab was paying. */
export const OPEN_ORDER = 'commercial.order';

/** Where to go on after signing in, and why one has to. */
export interface SignInSearch {
  next?: string;
  ended?: boolean;
  /** The account was just erased. */
  erased?: boolean;
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignIn,
  validateSearch: (search): SignInSearch => ({
    // A path of these pages, and never another site's.
    ...(typeof search['next'] === 'string' &&
      /^\/(?![/\\])/.test(search['next']) && { next: search['next'] }),
    ...(search['ended'] === true && { ended: true }),
    ...(search['erased'] === true && { erased: true }),
  }),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('./pages/sign-up.js'), 'SignUp'),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('./pages/mail-links.js'), 'ResetPassword'),
});

const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: '/verify-email',
  component: lazyRouteComponent(() => import('./pages/mail-links.js'), 'VerifyEmail'),
});

const acceptInvitation = createRoute({
  getParentRoute: () => root,
  path: '/accept-invitation',
  component: lazyRouteComponent(() => import('./pages/mail-links.js'), 'AcceptInvitation'),
});

const link = createRoute({
  getParentRoute: () => root,
  path: '/link',
  component: lazyRouteComponent(() => import('./pages/link.js'), 'OpenLink'),
});

/** Everything behind the sign-in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  beforeLoad: async ({ location }) => {
    if (await client.isSignedIn()) return;
    throw redirect({ to: '/sign-in', search: { next: location.pathname + location.searchStr } });
  },
});

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/overview.js'), 'Overview'),
});

const plans = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans',
  component: lazyRouteComponent(() => import('./pages/plans.js'), 'Plans'),
});

/** Where a channel leads the buyer back to: Alipay tells the order's number. */
const checkoutReturn = createRoute({
  getParentRoute: () => signedIn,
  path: '/checkout',
  validateSearch: (search): { out_trade_no?: string } =>
    typeof search['out_trade_no'] === 'string' ? { out_trade_no: search['out_trade_no'] } : {},
  beforeLoad: ({ search }) => {
    const orderId = search.out_trade_no ?? sessionStorage.getItem(OPEN_ORDER);
    if (orderId) throw redirect({ to: '/checkout/$orderId', params: { orderId }, replace: true });
    throw redirect({ to: '/payments', replace: true });
  },
});

const checkout = createRoute({
  getParentRoute: () => signedIn,
  path: '/checkout/$orderId',
  component: lazyRouteComponent(() => import('./pages/checkout.js'), 'Checkout'),
});

const subscription = createRoute({
  getParentRoute: () => signedIn,
  path: '/subscription',
  component: lazyRouteComponent(() => import('./pages/subscription.js'), 'SubscriptionPage'),
  // A host's button may lead right to the question.
  validateSearch: (search): { open?: 'renew' | 'cancel' } =>
    search['open'] === 'renew' || search['open'] === 'cancel' ? { open: search['open'] } : {},
});

export interface UsageSearch {
  from?: string;
  to?: string;
  resource?: string;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

const usage = createRoute({
  getParentRoute: () => signedIn,
  path: '/usage',
  component: lazyRouteComponent(() => import('./pages/usage.js'), 'UsagePage'),
  validateSearch: (search): UsageSearch => ({
    ...(DAY.test(String(search['from'])) && { from: String(search['from']) }),
    ...(DAY.test(String(search['to'])) && { to: String(search['to']) }),
    ...(typeof search['resource'] === 'string' && { resource: search['resource'] }),
  }),
});

const payments = createRoute({
  getParentRoute: () => signedIn,
  path: '/payments',
  component: lazyRouteComponent(() => import('./pages/payments.js'), 'Payments'),
});

const payment = createRoute({
  getParentRoute: () => signedIn,
  path: '/payments/$orderId',
  component: lazyRouteComponent(() => import('./pages/payment.js'), 'PaymentPage'),
});

const apiKeys = createRoute({
  getParentRoute: () => signedIn,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('./pages/api-keys.js'), 'ApiKeys'),
});

const topUps = createRoute({
  getParentRoute: () => signedIn,
  path: '/top-ups',
  component: lazyRouteComponent(() => import('./pages/top-ups.js'), 'TopUps'),
});

const invoices = createRoute({
  getParentRoute: () => signedIn,
  path: '/invoices',
  component: lazyRouteComponent(() => import('./pages/invoices.js'), 'Invoices'),
});

const organization = createRoute({
  getParentRoute: () => signedIn,
  path: '/organization',
  component: lazyRouteComponent(() => import('./pages/organization.js'), 'OrganizationPage'),
  validateSearch: (search): { id?: string } => (typeof search['id'] === 'string' ? { id: search['id'] } : {}),
});

const security = createRoute({
  getParentRoute: () => signedIn,
  path: '/security',
  component: lazyRouteComponent(() => import('./pages/security.js'), 'Security'),
});

const privacy = createRoute({
  getParentRoute: () => signedIn,
  path: '/privacy',
  component: lazyRouteComponent(() => import('./pages/privacy.js'), 'Privacy'),
});

const tree = root.addChildren([
  signIn,
  signUp,
  resetPassword,
  verifyEmail,
  acceptInvitation,
  link,
  signedIn.addChildren([
    overview,
    plans,
    checkoutReturn,
    checkout,
    subscription,
    usage,
    payments,
    payment,
    topUps,
    invoices,
    apiKeys,
    organization,
    security,
    privacy,
  ]),
]);

export function createPortalRouter() {
  return createRouter({
    routeTree: tree,
    basepath: '/portal',
    defaultPreload: 'intent',
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}
