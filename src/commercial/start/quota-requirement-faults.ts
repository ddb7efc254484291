import { MetadataScanner, type ModulesContainer } from '@nestjs/core';

import { QUOTA_REQUIREMENT, type QuotaRequirement } from '../../quota/api/guard/quota-requirement.js';

/** Handlers of the whole application whose `@RequireQuota()` could only ever be answered 400. */
export function quotaRequirementFaults(
  modules: ModulesContainer,
  resources: Readonly<Record<string, string>>,
): string[] {
  const faults = new Set<string>();
  for (const [handler, { resourceType }] of requirementsIn(modules)) {
    if (Object.hasOwn(resources, resourceType)) continue;
    faults.add(
      `@RequireQuota('${resourceType}') over ${handler} names a resource type that nobody declared: declare it, ` +
        `{ resources: { ${JSON.stringify(resourceType)}: 'the quota type it draws on' } }, or write one of those there ` +
        `are: ${Object.keys(resources).join(', ')}.`,
    );
  }
  return [...faults];
}

function* requirementsIn(modules: ModulesContainer): Iterable<[string, QuotaRequirement]> {
  const scanner = new MetadataScanner();
  for (const { controllers, providers } of modules.values()) {
    for (const { metatype } of [...controllers.values(), ...providers.values()]) {
      const prototype: unknown = metatype?.prototype;
      if (typeof prototype !== 'object' || prototype === null) continue;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const handler = (prototype as Record<string, unknown>)[name];
        const requirement = Reflect.getMetadata(QUOTA_REQUIREMENT, handler as object) as
          QuotaRequirement | undefined;
        if (requirement) yield [`${metatype!.name}.${name}`, requirement];
      }
    }
  }
}
