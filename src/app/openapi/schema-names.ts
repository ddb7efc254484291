import type { OpenAPIObject } from './openapi-types.js';

const SUFFIX = /(Dto|View|Answer|Body)$/;
const REFERENCE = /"#\/components\/schemas\/([^"]+)"/g;

/**
 * One rule for the names of schemas: a class's name without the suffix that says what it is in the code. So a request is
 * a verb (`ConsumeQuota`) and a response is a noun (`Quota`), which makes good names in generated clients.
 *
 * @throws Error where two classes would get one name
 */
export function withoutSuffixes(document: OpenAPIObject): OpenAPIObject {
  const names = new Map<string, string>();
  for (const name of Object.keys(document.components?.schemas ?? {})) {
    const short = name.replace(SUFFIX, '');
    names.set(name, short);
  }
  if (new Set(names.values()).size < names.size) {
    const doubled = [...names.values()].filter((name, index, all) => all.indexOf(name) !== index);
    throw new Error(`two schemas would both be named ${doubled.join(', ')}`);
  }
  const renamed = JSON.stringify(document).replace(
    REFERENCE,
    (_, name: string) => `"#/components/schemas/${names.get(name) ?? name}"`,
  );
  const result = JSON.parse(renamed) as OpenAPIObject;
  const schemas = Object.entries(result.components?.schemas ?? {});
  return {
    ...result,
    components: {
      ...result.components,
      schemas: Object.fromEntries(schemas.map(([name, schema]) => [names.get(name)!, schema])),
    },
  };
}
