/** Letters of any script, figures, spaces and what stands between words: nothing that a mail program makes a link of. */
const PLAIN = /^[\p{L}\p{M}\p{Nd} ()（）·&'’–-]{1,50}$/u;
/** A telephone number, or an account with a messenger, that the reader is to turn to. */
const NUMBER = /\p{Nd}([ ()-]*\p{Nd}){4}/u;

/**
 * Whether a name that a stranger chose may stand in a mail that we send: it is short, holds neither a dot nor a slash
 * nor an at sign in any script's form, and no longer number.
 */
export function isPlainName(name: string): boolean {
  return PLAIN.test(name) && !NUMBER.test(name);
}
