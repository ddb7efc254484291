/** What one check found. `failed` needs a person; `warning` may. */
export interface Finding {
  check: string;
  state: 'ok' | 'warning' | 'failed' | 'skipped';
  detail: string;
}

export function finding(check: string, state: Finding['state'], detail: string): Finding {
  return { check, state, detail };
}
