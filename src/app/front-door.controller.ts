import { Controller, Get, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import Negotiator from 'negotiator';
import { Access } from '../auth/access/access.decorator.js';
import { FrontDoorDto } from './front-door.dto.js';

const PORTAL = '/portal';
const DOCUMENTS = '/docs';

/** JSON first: who takes anything, as curl does, is a program. */
const OFFERED = ['application/json', 'text/html'];

/** The bare address of the service, which people type. */
@ApiTags('operations')
@Controller()
export class FrontDoorController {
  constructor(private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  @Get()
  @Access('public')
  @ApiOperation({
    operationId: 'openFrontDoor',
    summary: 'Lead a browser to the portal',
    description: 'A browser is redirected; a program gets the addresses that it may want.',
  })
  @ApiOkResponse({ type: FrontDoorDto, description: 'For a program.' })
  @ApiResponse({ status: 302, description: 'For a browser.' })
  open(
    @Req() request: { headers: Record<string, string | string[] | undefined> },
    @Res() reply: Parameters<FastifyAdapter['reply']>[0],
  ): void {
    const { httpAdapter } = this.host;
    httpAdapter.setHeader(reply as never, 'Vary', 'Accept');
    if (new Negotiator({ headers: request.headers }).mediaType(OFFERED) === 'text/html') {
      httpAdapter.redirect(reply as never, 302, this.page());
    } else {
      httpAdapter.reply(reply, { documentation: DOCUMENTS, openapi: '/docs-json', health: '/health/ready' });
    }
  }

  /** The portal has routes only where its files were built. */
  private page(): string {
    const fastify = this.host.httpAdapter.getInstance();
    const hasPortal = [PORTAL, `${PORTAL}/*`].some((url) => fastify.hasRoute({ method: 'GET', url }));
    return hasPortal ? PORTAL : DOCUMENTS;
  }
}
