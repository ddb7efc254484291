import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { API_KEY_SCHEME, BEARER_SCHEME } from '../auth/access/access.decorator.js';
import { applyConventions } from './openapi/conventions.js';
import { addExamples } from './openapi/examples.js';
import { INTRODUCTION } from './openapi/introduction.js';
import { documentationPaths } from './openapi/own-paths.js';

/** Made whole of what the controllers and DTOs say, and of what holds for every route and is said in one place. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, describe(), {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  Object.assign(document.paths, documentationPaths());
  applyConventions(document);
  addExamples(document);
  return document;
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
    .addTag('sign-in', 'Registering, signing in and out')
    .addTag('users', 'Who is signed in')
    .addTag('sessions', 'Where one is signed in')
    .addTag('api-keys', 'Keys for programs')
    .addTag('organizations', 'Accounts with several people')
    .addTag('plans', 'What is sold')
    .addTag('subscriptions', 'What somebody holds')
    .addTag('payments', 'Orders and refunds')
    .addTag('reconciliations', 'The channels’ bills compared with the records here')
    .addTag('quota', 'What may be used, and what was')
    .addTag('webhooks', 'Where the payment channels send their notifications')
    .addTag('events', 'Who outside is told what happened')
    .addTag('sandbox', 'The built-in cashier; never in production')
    .addTag('administration', 'Users and the audit log')
    .addTag('operations', 'Health, metrics and this document')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, BEARER_SCHEME)
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, API_KEY_SCHEME)
    .build();
}
