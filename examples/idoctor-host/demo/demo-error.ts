/** A step of the story did not go as it must. The message is all that the reader gets. */
export class DemoError extends Error {}

/** @throws DemoError with the message where the condition doesn't hold */
export function assert(holds: boolean, message: string): asserts holds {
  if (!holds) throw new DemoError(message);
}
