import { RequestMethod, type INestApplication, type Type } from '@nestjs/common';
import { GUARDS_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ACCESS_RULE, type AccessRule } from '../../src/auth/access/access-rule.js';
import { AccessGuard } from '../../src/auth/access/access.guard.js';

export interface Route {
  /** Name of the module that mounts it. */
  module: string;
  method: string;
  /** With its parameters: `/payments/:orderId`. */
  path: string;
  rule: AccessRule | undefined;
  /** Whether the rule is also enforced. */
  guarded: boolean;
}

/** Every route of every controller that the application mounts, in alphabetical order. */
export function routesOf(app: INestApplication): Route[] {
  const modules = [...app.get(ModulesContainer).values()];
  return modules
    .flatMap(({ name, controllers }) =>
      [...controllers.values()].flatMap(({ metatype }) => routesIn(name, metatype as Type)),
    )
    .toSorted((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`, 'en'));
}

function routesIn(module: string, controller: Type): Route[] {
  const prefixes = listed(Reflect.getMetadata(PATH_METADATA, controller));
  return new MetadataScanner().getAllMethodNames(controller.prototype).flatMap((name) => {
    const handler = controller.prototype[name];
    const method = Reflect.getMetadata(METHOD_METADATA, handler);
    if (method === undefined) return [];
    const guards: unknown[] = Reflect.getMetadata(GUARDS_METADATA, handler) ?? [];
    const facts = {
      module,
      method: RequestMethod[method] as string,
      rule: Reflect.getMetadata(ACCESS_RULE, handler),
      guarded: guards.includes(AccessGuard),
    };
    const paths = listed(Reflect.getMetadata(PATH_METADATA, handler));
    return prefixes.flatMap((prefix) => paths.map((path) => ({ ...facts, path: joined(prefix, path) })));
  });
}

function listed(paths: string | string[]): string[] {
  return Array.isArray(paths) ? paths : [paths];
}

function joined(...parts: string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
}
