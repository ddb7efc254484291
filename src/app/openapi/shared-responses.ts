import { isReference, operationsOf } from './openapi-types.js';
import type { OpenAPIObject, Response } from './openapi-types.js';

const MANY = 5;

/** Refusals that several routes have in common stand in the document once. */
export function shareResponses(document: OpenAPIObject): void {
  const uses = new Map<string, number>();
  for (const response of refusals(document)) {
    const text = JSON.stringify(response);
    uses.set(text, (uses.get(text) ?? 0) + 1);
  }
  const shared: Record<string, Response> = {};
  for (const operation of operationsOf(document)) {
    for (const [status, response] of Object.entries(operation.responses)) {
      if (!response || isReference(response) || (uses.get(JSON.stringify(response)) ?? 0) < 2) continue;
      const name = `${status}_${codesOf(response).join('_or_')}`;
      shared[name] = response;
      operation.responses[status] = { $ref: `#/components/responses/${name}` };
    }
  }
  document.components = {
    ...document.components,
    responses: { ...document.components?.responses, ...shared },
  };
}

/** Parameters that many routes take, in the same words, stand in the document once. */
export function shareParameters(document: OpenAPIObject): void {
  const all = operationsOf(document).flatMap(({ parameters = [] }) =>
    parameters.map((one) => JSON.stringify(one)),
  );
  const shared: NonNullable<NonNullable<OpenAPIObject['components']>['parameters']> = {};
  for (const operation of operationsOf(document)) {
    operation.parameters = (operation.parameters ?? []).map((parameter) => {
      const text = JSON.stringify(parameter);
      if (!('name' in parameter) || all.filter((other) => other === text).length < MANY) return parameter;
      const name = `${parameter.in}_${parameter.name}`;
      if (shared[name] && JSON.stringify(shared[name]) !== text) return parameter;
      shared[name] = parameter;
      return { $ref: `#/components/parameters/${name}` };
    });
  }
  document.components = { ...document.components, parameters: shared };
}

function refusals(document: OpenAPIObject): Response[] {
  return operationsOf(document)
    .flatMap(({ responses }) => Object.entries(responses))
    .flatMap(([status, response]) =>
      response && !isReference(response) && Number(status) >= 400 ? [response] : [],
    );
}

function codesOf({ content }: Response): string[] {
  return Object.keys(content?.['application/problem+json']?.examples ?? {});
}
