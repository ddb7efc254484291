import { once } from 'node:events';

/** What the parent told at the start. */
export function settingsOfProcess<Settings>(): Settings {
  return JSON.parse(process.env.CHILD_SETTINGS ?? '{}') as Settings;
}

/** Until the parent says so a process only loads its code, so that a dead one's successor is there at once. Ends with the parent. */
export async function untilBegun(): Promise<void> {
  process.on('disconnect', () => process.exit(0));
  await once(process, 'message');
}

/** Says that it is ready, and answers the parent's orders with a number each. */
export function obey<Order>(carryOut: (order: Order) => Promise<number> | number): void {
  process.on('message', async (order: Order) => {
    process.send?.({ done: await carryOut(order) });
  });
  process.send?.({ done: 0 });
}
