import { finding, type Finding } from './finding.js';

/** The least difference of clocks that breaks something: a channel's notification may be 300 s off. */
const SKEW_FAILS_MS = 60_000;
const SKEW_WARNS_MS = 5_000;

export function skewFinding(check: string, theirs: number, ours: number): Finding {
  const difference = Math.round(Math.abs(theirs - ours) / 1000);
  const detail = `${difference} s from this machine's`;
  if (Math.abs(theirs - ours) >= SKEW_FAILS_MS) {
    return finding(
      check,
      'failed',
      `${detail}: notifications of WeChat Pay are refused beyond 300 s. Use NTP.`,
    );
  }
  return finding(check, Math.abs(theirs - ours) >= SKEW_WARNS_MS ? 'warning' : 'ok', detail);
}
