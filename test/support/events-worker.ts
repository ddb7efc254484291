/** A host's process for the spec that kills it: at the point that an order names, it kills itself. */
import type { AuthenticatedUser } from '../../src/auth/identity/caller/authenticated-user.js';
import { obey, settingsOfProcess, untilBegun } from './child-orders.js';
import { CrashPoints } from './crash-points.js';
import { startEventsHost, type EventsHostSettings } from './events-host.js';

/** Answered with 1 where it was done, with 0 where not. `dieAt` is a point of CrashPoints. */
export type EventsOrder =
  /** The points count from the settlement on. */
  | { do: 'buy'; buyer: AuthenticatedUser; dieAt?: string }
  | { do: 'buyInVain'; buyer: AuthenticatedUser }
  | { do: 'deliver'; dieAt?: string };

await untilBegun();
const crash = new CrashPoints();
const host = await startEventsHost(settingsOfProcess<EventsHostSettings>(), crash);

function arm(dieAt: string | undefined): void {
  if (dieAt !== undefined) crash.arm(dieAt, 0);
}

async function carryOut(order: EventsOrder): Promise<unknown> {
  switch (order.do) {
    case 'buy':
      return host.buy(order.buyer, () => arm(order.dieAt));
    case 'buyInVain':
      return host.buyInVain(order.buyer);
    case 'deliver':
      arm(order.dieAt);
      return host.deliver();
  }
}

obey<EventsOrder>((order) =>
  carryOut(order).then(
    () => 1,
    () => 0,
  ),
);
