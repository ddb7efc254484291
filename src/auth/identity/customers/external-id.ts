/** What another application may call its customers. Nothing that a URL, a header or a log would have to escape. */
export const EXTERNAL_ID = /^[A-Za-z0-9._:@-]{1,128}$/;

export function isExternalId(value: unknown): value is string {
  return typeof value === 'string' && EXTERNAL_ID.test(value);
}

/** The name of an erased customer's row: it has a character that no application's id has. */
export function erasedExternalId(id: string): string {
  return `erased/${id}`;
}
