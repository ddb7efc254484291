import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { API_KEY_SCHEME, BEARER_SCHEME } from '../auth/access/access.decorator.js';
import { applyConventions } from './openapi/conventions.js';
import { addExamples } from './openapi/examples.js';
import { INTRODUCTION } from './openapi/introduction.js';
import { groupByAudience } from './openapi/audiences.js';
import { documentationPaths } from './openapi/own-paths.js';
import { withoutSuffixes } from './openapi/schema-names.js';
import { shareParameters, shareResponses } from './openapi/shared-responses.js';

/** Made whole of what the controllers and DTOs say, and of what holds for every route and is said in one place. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, describe(), {
    // Each handler names its own (a spec looks for one that doesn't): they become method names in clients.
    operationIdFactory: (controller, method) => `${controller}_${method}`,
  });
  Object.assign(document.paths, documentationPaths());
  applyConventions(document);
  shareResponses(document);
  shareParameters(document);
  groupByAudience(document);
  const named = withoutSuffixes(document);
  addExamples(named);
  return named;
}

/** Swagger UI at /docs, the document at /docs-json. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => createOpenApiDocument(app), { jsonDocumentUrl: 'docs-json' });
}

function describe(): Omit<OpenAPIObject, 'paths'> {
  return new DocumentBuilder()
    .setTitle('iDoctor commercial layer')
    .setDescription(INTRODUCTION)
    .setVersion('0.1.0')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/')
    .addTag('sign-in', 'Register, sign in and sign out')
    .addTag('users', 'The signed-in user')
    .addTag('sessions', 'The signed-in user’s sessions')
    .addTag('api-keys', 'Keys for programs')
    .addTag('organizations', 'Accounts shared by several users')
    .addTag('plans', 'Plans, coupons and top-up packs')
    .addTag('subscriptions', 'The subscription of an account')
    .addTag('payments', 'Orders, refunds, receipts and fapiao')
    .addTag('reconciliations', 'The channels’ bills compared with the records')
    .addTag('portal', 'Links that open the portal without a password')
    .addTag('quota', 'Used and remaining quota')
    .addTag('entitlements', 'What the plan promises, by name')
    .addTag('customers', 'The customers of another application')
    .addTag('webhooks', 'Notifications from the payment channels')
    .addTag('events', 'Webhook endpoints and their deliveries')
    .addTag('sandbox', 'The built-in cashier; never in production')
    .addTag('administration', 'Users and the audit log')
    .addTag('operations', 'Health, metrics and this document')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, BEARER_SCHEME)
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, API_KEY_SCHEME)
    .build();
}
