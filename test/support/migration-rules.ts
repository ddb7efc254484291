/**
 * What a migration must not do while the version before still serves, by the rules of CONTRIBUTING.md. Where it has to,
 * a comment `// not online: <reason>` stands before the statement.
 */
interface Rule {
  pattern: RegExp;
  fault: string;
}

const RULES: readonly Rule[] = [
  { pattern: /\bDROP\s+(COLUMN|TABLE)\b/i, fault: 'drops what the version before still reads' },
  { pattern: /\bRENAME\b/i, fault: 'renames what the version before knows by its old name' },
  {
    pattern: /\bALTER\s+(COLUMN\s+)?\S+\s+(SET\s+DATA\s+)?TYPE\b/i,
    fault: 'rewrites the table under a lock',
  },
  { pattern: /\bSET\s+NOT\s+NULL\b/i, fault: 'reads the whole table under a lock, and refuses the old rows' },
  {
    pattern: /\bADD\s+(?!CONSTRAINT)(COLUMN\s+)?\S+\s+(?![^,;]*\bDEFAULT\b)[^,;]*\bNOT\s+NULL\b/i,
    fault: 'adds a column that the version before leaves empty: give it a default',
  },
  {
    pattern: /\bADD\s+CONSTRAINT\b(?![^;]*\bNOT\s+VALID\b)(?![^;]*\bUSING\s+INDEX\b)/i,
    fault: 'checks the whole table under a lock: add it NOT VALID and validate it in a statement of its own',
  },
  {
    pattern: /\bCREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)/i,
    fault: 'keeps writers out while the index is built: CREATE INDEX CONCURRENTLY, with transaction = false',
  },
];

const MARK = /\/\/ not online: \S+/;

/** @param source a migration's TypeScript. @returns what is wrong with its `up`, statement by statement. */
export function faultsOfMigration(source: string): string[] {
  const [, up = ''] = /async up\([^)]*\)[^{]*\{([\s\S]*?)(?:async down\(|$)/.exec(source) ?? [];
  const made = new Set([...up.matchAll(/CREATE TABLE\s+(\S+)/gi)].map(([, table]) => bare(table!)));
  const faults = statementsOf(up)
    .filter(({ before }) => !MARK.test(before))
    .flatMap(({ sql }) => {
      // Nobody uses a table yet that this very migration makes.
      if (made.has(bare(tableOf(sql)))) return [];
      return RULES.filter(({ pattern }) => pattern.test(sql)).map(
        ({ fault }) => `${sql.slice(0, 80)}: ${fault}`,
      );
    });
  const used = new Set(
    statementsOf(up)
      .filter(({ sql, before }) => /^ALTER TABLE/i.test(sql) && !MARK.test(before))
      .map(({ sql }) => bare(tableOf(sql)))
      .filter((table) => !made.has(table)),
  );
  if (used.size > 1) {
    faults.push(`changes ${[...used].join(' and ')} at once: whoever uses both can block it in a circle`);
  }
  if (/\bCONCURRENTLY\b/i.test(up) && !/transaction = false/.test(source)) {
    faults.push('CONCURRENTLY works outside of a transaction only: transaction = false');
  }
  return faults;
}

/** Each query's text, and what stands between it and the one before. */
function statementsOf(up: string): { before: string; sql: string }[] {
  const queries = [...up.matchAll(/\.query\(\s*(['"`])([\s\S]*?)\1/g)];
  return queries.map((query, index) => {
    const earlier = queries[index - 1];
    const begin = earlier ? earlier.index + earlier[0].length : 0;
    return { before: up.slice(begin, query.index), sql: query[2]!.replace(/\s+/g, ' ').trim() };
  });
}

function tableOf(sql: string): string {
  return /\b(?:ALTER TABLE(?: IF EXISTS)?|ON|TABLE)\s+(\S+)/i.exec(sql)?.[1] ?? '';
}

function bare(table: string): string {
  return table
    .replace(/"/g, '')
    .replace(/^commercial\./, '')
    .replace(/[(;].*$/, '');
}
