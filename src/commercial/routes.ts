/** Where the package's routes answer: at the root, under a path of their own, or (false) nowhere in this process. */
export type RoutesOption = boolean | { prefix: string };

const SEGMENTS = /^[A-Za-z0-9._~-]+(\/[A-Za-z0-9._~-]+)*$/;

/** Without slashes around it; empty for none. */
export function prefixOf(routes: RoutesOption): string {
  const prefix: unknown = (routes as { prefix?: unknown } | null)?.prefix;
  return typeof prefix === 'string' ? prefix.replace(/^\/+|\/+$/g, '') : '';
}

export function routesFaults(routes: unknown): string[] {
  if (typeof routes === 'boolean') return [];
  const prefix = (routes as { prefix?: unknown } | null)?.prefix;
  if (typeof prefix === 'string' && SEGMENTS.test(prefix.replace(/^\/|\/$/g, ''))) return [];
  return [
    `routes is ${JSON.stringify(routes)}. It must be true, false, or a path under which the package's routes answer, ` +
      `such as { prefix: 'billing' }.`,
  ];
}

/** The outside address of the package's routes. A host may have written the prefix into its public address already. */
export function addressOf(publicUrl: string, prefix: string): string {
  const base = publicUrl.replace(/\/+$/, '');
  return prefix === '' || base.endsWith(`/${prefix}`) ? base : `${base}/${prefix}`;
}
