import type { OpenAPIObject, PathItem } from './openapi-types.js';

/** The routes that Swagger UI itself serves, which no controller declares. */
export function documentationPaths(): OpenAPIObject['paths'] {
  return {
    '/docs': page('showDocuments', 'This document as Swagger UI', {
      'text/html': { schema: { type: 'string' } },
    }),
    '/docs-json': page('getOpenApiDocument', 'This document', {
      'application/json': { schema: { type: 'object' }, example: { openapi: '3.0.0' } },
    }),
  };
}

function page(operationId: string, summary: string, content: object): PathItem {
  return {
    get: {
      operationId,
      summary,
      tags: ['operations'],
      security: [{}],
      responses: { 200: { description: summary, content } },
    },
  } as PathItem;
}
