/**
 * Bounds a call as a whole: the clients' own time-outs start anew with each phase or each byte.
 * The call itself runs on; its outcome is unknown.
 *
 * @throws Error after `ms` milliseconds without an answer
 */
export async function withDeadline<T>(call: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([call, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
