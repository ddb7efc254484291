import { Body, Controller, Delete, HttpCode, Inject, Ip, Post, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Access } from '../auth/access/access.decorator.js';
import {
  LoginDto,
  RegisterDto,
  type SignedInDto,
  type TokenPairDto,
} from '../auth/api/sign-in/sign-in.dto.js';
import { SignIn } from '../auth/api/sign-in/sign-in.service.js';
import type { Client } from '../auth/identity/devices/device-family.js';
import type { PortalSession } from '../auth/credentials/sessions/portal-session.entity.js';
import { PORTAL_LIFE_MINUTES, PortalSessions } from '../auth/credentials/sessions/portal-sessions.service.js';
import { isPortalSessionToken } from '../auth/credentials/sessions/portal-token.js';
import { AccessTokens } from '../auth/credentials/tokens/access-tokens.js';
import { ApiProblem } from '../problems/api-problem.decorator.js';
import { languageOf } from '../problems/language.js';
import { Problem } from '../problems/problem.js';
import { PageSessionDto, PageTokenDto } from './page-session.dto.js';
import { OpenPortalLinkDto, PageTokenOfAnyDto, portalSessionView } from './portal-link.dto.js';
import { PAGES_OPTIONS, type PagesOptions } from './pages.options.js';
import { noSessionCookie, tokenOf, requireOwnOrigin, sessionCookie } from './session-cookie.js';

const DAY_SECONDS = 86_400;

interface AnyRequest {
  headers: Record<string, string | string[] | undefined>;
}

/**
 * The pages' sessions: those of `/auth`, with the refresh token in a cookie that no script can read. Only pages of this
 * very origin are answered.
 */
@ApiTags('sign-in')
@Controller('portal/session')
export class PageSessionController {
  constructor(
    @Inject(PAGES_OPTIONS) private readonly options: PagesOptions,
    private readonly signIn: SignIn,
    private readonly portals: PortalSessions,
    private readonly accessTokens: AccessTokens,
    private readonly host: HttpAdapterHost,
  ) {}

  @Post()
  @HttpCode(200)
  @Access('public')
  @ApiOperation({
    operationId: 'startPageSession',
    summary: 'Sign in from the portal’s page',
    description: 'The refresh token is set as a cookie. Only for pages of the same origin.',
  })
  @ApiOkResponse({ type: PageSessionDto, description: 'Signed in.' })
  @ApiProblem('VALIDATION_FAILED', 'REQUEST_REFUSED', 'INVALID_CREDENTIALS', 'FORBIDDEN', 'TOO_MANY_ATTEMPTS')
  async login(
    @Body() body: LoginDto,
    @Req() request: AnyRequest,
    @Res({ passthrough: true }) reply: object,
    @Ip() address: string,
  ): Promise<PageSessionDto> {
    requireOwnOrigin(request, this.options.publicUrl());
    return this.keep(await this.signIn.login(body, clientOf(request, address)), reply);
  }

  @Post('registration')
  @Access('public')
  @ApiOperation({
    operationId: 'registerFromPage',
    summary: 'Register from the portal’s page',
    description: 'The refresh token is set as a cookie. Only for pages of the same origin.',
  })
  @ApiCreatedResponse({ type: PageSessionDto, description: 'Registered and signed in.' })
  @ApiProblem('VALIDATION_FAILED', 'REQUEST_REFUSED', 'EMAIL_TAKEN')
  async register(
    @Body() body: RegisterDto,
    @Req() request: AnyRequest,
    @Res({ passthrough: true }) reply: object,
    @Ip() address: string,
  ): Promise<PageSessionDto> {
    requireOwnOrigin(request, this.options.publicUrl());
    const client = clientOf(request, address);
    return this.keep(await this.signIn.register(body, languageOf(request), client), reply);
  }

  @Post('link')
  @HttpCode(200)
  @Access('public')
  @ApiOperation({
    operationId: 'openPortalLink',
    summary: 'Open a portal link',
    description: 'Works once. The session’s token is set as a cookie. Only for pages of the same origin.',
  })
  @ApiOkResponse({ type: PageTokenOfAnyDto, description: 'An access token of the portal’s session.' })
  @ApiProblem('VALIDATION_FAILED', 'REQUEST_REFUSED', 'INVALID_LINK')
  async openLink(
    @Body() body: OpenPortalLinkDto,
    @Req() request: AnyRequest,
    @Res({ passthrough: true }) reply: object,
  ): Promise<PageTokenOfAnyDto> {
    requireOwnOrigin(request, this.options.publicUrl());
    const { session, token } = await this.portals.open(body.token);
    this.setCookie(reply, sessionCookie(token, PORTAL_LIFE_MINUTES * 60));
    return this.ofPortal(session);
  }

  @Post('refresh')
  @HttpCode(200)
  @Access('public')
  @ApiOperation({
    operationId: 'refreshPageSession',
    summary: 'Get an access token by the page’s cookie',
    description: 'Without a cookie nobody is signed in: 204. Only for pages of the same origin.',
  })
  @ApiOkResponse({ type: PageTokenOfAnyDto, description: 'An access token.' })
  @ApiNoContentResponse({ description: 'Nobody is signed in.' })
  @ApiProblem('REQUEST_REFUSED', 'INVALID_REFRESH_TOKEN', 'FORBIDDEN')
  async refresh(
    @Req() request: AnyRequest,
    @Res({ passthrough: true }) reply: object,
  ): Promise<PageTokenOfAnyDto | undefined> {
    requireOwnOrigin(request, this.options.publicUrl());
    const token = tokenOf(request);
    if (!token) {
      // It is no fault to come for the first time.
      this.host.httpAdapter.status(reply as never, 204);
      return undefined;
    }
    try {
      if (isPortalSessionToken(token)) return await this.refreshPortal(token);
      return { ...this.hide(await this.signIn.refresh(token), reply), portal: null };
    } catch (error) {
      if (error instanceof Problem) this.setCookie(reply, noSessionCookie());
      throw error;
    }
  }

  @Delete()
  @HttpCode(204)
  @Access('public')
  @ApiOperation({
    operationId: 'endPageSession',
    summary: 'Sign out of the portal’s page',
    description: 'Ends the session and takes the cookie away. Only for pages of the same origin.',
  })
  @ApiNoContentResponse({ description: 'Ended, or there was no such session.' })
  @ApiProblem('REQUEST_REFUSED')
  async end(@Req() request: AnyRequest, @Res({ passthrough: true }) reply: object): Promise<void> {
    requireOwnOrigin(request, this.options.publicUrl());
    const token = tokenOf(request);
    this.setCookie(reply, noSessionCookie());
    if (!token) return;
    if (isPortalSessionToken(token)) await this.portals.end(token);
    else await this.signIn.logout(token);
  }

  /** The cookie stays as it is: the session ends at a fixed time. */
  private async refreshPortal(token: string): Promise<PageTokenOfAnyDto> {
    const session = await this.portals.get(token);
    if (!session) throw new Problem('INVALID_REFRESH_TOKEN');
    return this.ofPortal(session);
  }

  private ofPortal(session: PortalSession): PageTokenOfAnyDto {
    const { token: accessToken, expiresIn } = this.accessTokens.issueForPortal(session);
    return { accessToken, tokenType: 'Bearer', expiresIn, portal: portalSessionView(session) };
  }

  private keep({ user, ...pair }: SignedInDto, reply: object): PageSessionDto {
    return { user, ...this.hide(pair, reply) };
  }

  /** What the page's scripts may know of a pair. */
  private hide(
    { refreshToken, accessToken, tokenType, expiresIn }: TokenPairDto,
    reply: object,
  ): PageTokenDto {
    this.setCookie(reply, sessionCookie(refreshToken, this.options.refreshTokenDays * DAY_SECONDS));
    return { accessToken, tokenType, expiresIn };
  }

  private setCookie(reply: object, cookie: string): void {
    this.host.httpAdapter.setHeader(reply as never, 'Set-Cookie', cookie);
  }
}

function clientOf({ headers }: AnyRequest, address: string): Client {
  return { address, userAgent: headers['user-agent']?.toString() ?? null };
}
