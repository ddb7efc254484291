/** A notification as it came, before anything in it is believed. */
export interface RawNotification {
  /** Lower-case names. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes as they came: signatures are made over these. */
  body: Buffer;
}
