/**
 * Makes a value when it is first needed, and keeps it. For libraries that are large and that an application may never
 * use: importing the package must not load them.
 *
 * @param make a failure is not kept: the next call tries again
 */
export function onFirstUse<Value>(make: () => Value): () => Value {
  let made: { value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}
