import { Body, Controller, HttpCode, Ip, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { languageOf } from '../../../problems/language.js';
import { Access } from '../../access/access.decorator.js';
import { LoginDto, RefreshTokenDto, RegisterDto, SignedInDto, TokenPairDto } from './sign-in.dto.js';
import type { Client } from '../../identity/devices/device-family.js';
import { SignIn } from './sign-in.service.js';

interface AnyRequest {
  headers: Record<string, string | string[] | undefined>;
}

@ApiTags('sign-in')
@Controller('auth')
export class SignInController {
  constructor(private readonly signIn: SignIn) {}

  @Post('register')
  @Access('public')
  @ApiOperation({ operationId: 'register', summary: 'Register a user and sign in' })
  @ApiCreatedResponse({ type: SignedInDto, description: 'Registered and signed in.' })
  @ApiProblem('VALIDATION_FAILED', 'EMAIL_TAKEN', 'TOO_MANY_ATTEMPTS')
  @ApiProblem('OVERLOADED', 'SERVICE_UNAVAILABLE')
  register(
    @Body() body: RegisterDto,
    @Req() request: AnyRequest,
    @Ip() address: string,
  ): Promise<SignedInDto> {
    return this.signIn.register(body, languageOf(request), clientOf(request, address));
  }

  @Post('login')
  @HttpCode(200)
  @Access('public')
  @ApiOperation({ operationId: 'login', summary: 'Sign in' })
  @ApiOkResponse({ type: SignedInDto, description: 'Signed in.' })
  @ApiProblem('VALIDATION_FAILED', 'INVALID_CREDENTIALS', 'FORBIDDEN', 'TOO_MANY_ATTEMPTS')
  @ApiProblem('OVERLOADED', 'SERVICE_UNAVAILABLE')
  login(@Body() body: LoginDto, @Req() request: AnyRequest, @Ip() address: string): Promise<SignedInDto> {
    return this.signIn.login(body, clientOf(request, address));
  }

  @Post('refresh')
  @HttpCode(200)
  @Access('public')
  @ApiOperation({
    operationId: 'refreshTokens',
    summary: 'Exchange a refresh token for a new pair',
    description:
      'A token serves once; again within 10 s it gives the same successor. Later it ends the whole session, since ' +
      'somebody else may have it.',
  })
  @ApiOkResponse({ type: TokenPairDto, description: 'The next pair.' })
  @ApiProblem('VALIDATION_FAILED', 'INVALID_REFRESH_TOKEN', 'FORBIDDEN')
  refresh(@Body() { refreshToken }: RefreshTokenDto): Promise<TokenPairDto> {
    return this.signIn.refresh(refreshToken);
  }

  @Post('logout')
  @HttpCode(204)
  @Access('public')
  @ApiOperation({
    operationId: 'logout',
    summary: 'Sign out: end the session',
    description: 'The refresh token is refused from now on, and the access tokens within a second.',
  })
  @ApiNoContentResponse({ description: 'Ended, or there was no such session.' })
  @ApiProblem('VALIDATION_FAILED')
  async logout(@Body() { refreshToken }: RefreshTokenDto): Promise<void> {
    await this.signIn.logout(refreshToken);
  }
}

function clientOf({ headers }: AnyRequest, address: string): Client {
  return { address, userAgent: headers['user-agent']?.toString() ?? null };
}
