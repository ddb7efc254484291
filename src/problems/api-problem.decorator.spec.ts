import { Controller, Get } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { ApiProblem } from './api-problem.decorator.js';

@Controller('probe')
class ProbeController {
  @Get()
  @ApiProblem('UNAUTHENTICATED', 'FORBIDDEN')
  @ApiProblem('VALIDATION_FAILED', 'INVALID_CREDENTIALS', 'VALIDATION_FAILED')
  probe(): null {
    return null;
  }

  @Get('other')
  @ApiProblem('NOT_FOUND')
  other(): null {
    return null;
  }
}

describe('ApiProblem', () => {
  let document: OpenAPIObject;

  beforeAll(async () => {
    const testing = await Test.createTestingModule({ controllers: [ProbeController] }).compile();
    const app = await testing.createNestApplication({ logger: false }).init();
    document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    await app.close();
  });

  const responses = (path: string) => document.paths[path]?.get?.responses as Record<string, any>;

  it('adds up over several decorators, by status', () => {
    const { 400: invalid, 401: unauthorized, 403: forbidden } = responses('/probe');
    const codes = (response: any) => response.content['application/problem+json'].schema.properties.code.enum;
    expect(codes(invalid)).toEqual(['VALIDATION_FAILED']);
    expect(codes(unauthorized).toSorted()).toEqual(['INVALID_CREDENTIALS', 'UNAUTHENTICATED']);
    expect(codes(forbidden)).toEqual(['FORBIDDEN']);
    expect(unauthorized.description).toContain('`INVALID_CREDENTIALS`: Wrong credentials');
    expect(unauthorized.description).toContain('`UNAUTHENTICATED`: Not signed in');
  });

  it('gives an example of each code', () => {
    const { examples } = responses('/probe')['401'].content['application/problem+json'];
    expect(examples.UNAUTHENTICATED.value).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(Object.keys(examples)).toHaveLength(2);
  });

  it('documents a handler and not its neighbour', () => {
    expect(Object.keys(responses('/probe/other')).sort()).toEqual(['404']);
    expect(document.components?.schemas).toHaveProperty('ProblemDto');
  });
});
