import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { SigningKeys, type PublicJwk } from '../../credentials/tokens/signing-keys.js';

export class JsonWebKeySet {
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    example: [
      {
        kty: 'EC',
        crv: 'P-256',
        x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
        y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
        kid: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
        alg: 'ES256',
        use: 'sig',
      },
    ],
  })
  keys: PublicJwk[];
}

@ApiTags('sign-in')
@Controller('.well-known')
export class JwksController {
  constructor(private readonly signingKeys: SigningKeys) {}

  /** Kept for less than a rotation leaves between announcing a key and signing with it. */
  @Get('jwks.json')
  @Header('cache-control', 'public, max-age=300')
  @Access('public')
  @ApiOperation({
    operationId: 'getJsonWebKeySet',
    summary: 'Get the public keys of access tokens',
    description: 'RFC 7517. Empty while tokens are signed with a shared secret.',
  })
  @ApiOkResponse({ type: JsonWebKeySet, description: 'The keys.' })
  list(): JsonWebKeySet {
    return this.signingKeys.jwks();
  }
}
