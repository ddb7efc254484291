import { readdirSync, readFileSync } from 'node:fs';
import {
  ADMINISTRATION_ACTIONS,
  SECURITY_ACTIONS,
  SECURITY_LOG_DAYS,
} from '../../src/audit/security-actions.js';

/** What the table of docs/operate/security.md says of an action, as `action kept`. */
function documented(): string[] {
  const text = readFileSync('docs/operate/security.md', 'utf8');
  return [...text.matchAll(/^\| `([a-z_.]+)` +\|.*\| ([^|]+?) +\|$/gm)].map(
    ([, action, kept]) => `${action} ${kept}`,
  );
}

/** Every action that accounts record: a literal named `action`, or the first one in a call that notes something. */
function recorded(): string[] {
  const code = readdirSync('src/auth', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(`src/auth/${name}`, 'utf8'))
    .join('\n');
  const noted = code.matchAll(/(?:\baction: |\b(?:note|audit)\([^;'{]*)'([a-z_]+\.[a-z_]+)'/g);
  return [...new Set([...noted].map(([, action]) => action!))];
}

describe('events of security, in docs/operate/security.md', () => {
  it('names every action that the code records, and no other', () => {
    const kept = (list: readonly string[], how: string) => list.map((action) => `${action} ${how}`);
    expect(documented().toSorted()).toEqual(
      [
        ...kept(SECURITY_ACTIONS, `${SECURITY_LOG_DAYS} days`),
        ...kept(ADMINISTRATION_ACTIONS, 'for good'),
      ].toSorted(),
    );
    const all: readonly string[] = [...SECURITY_ACTIONS, ...ADMINISTRATION_ACTIONS];
    expect(recorded().filter((action) => !all.includes(action))).toEqual([]);
    expect(all.filter((action) => !recorded().includes(action))).toEqual([]);
  });
});
