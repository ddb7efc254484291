import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { API_KEY_SCHEME, BEARER_SCHEME } from '../auth/access/access.decorator.js';

export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('iDoctor commercial layer')
    .setDescription('Accounts, plans, subscriptions, Alipay and WeChat Pay, and quota for metered services.')
    .setVersion('0.1.0')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/')
    .addTag('accounts', 'Signing up and in, API keys')
    .addTag('plans', 'What is sold')
    .addTag('subscriptions', 'What somebody holds')
    .addTag('payments', 'Orders and refunds')
    .addTag('quota', 'What may be used, and what was')
    .addTag('webhooks', 'Where the payment channels send their notifications')
    .addTag('sandbox', 'The built-in cashier; never in production')
    .addTag('operations', 'Health and metrics')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, BEARER_SCHEME)
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, API_KEY_SCHEME)
    .build();
  return SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
}

/** Swagger UI at /docs, the document at /docs-json. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => createOpenApiDocument(app), { jsonDocumentUrl: 'docs-json' });
}
