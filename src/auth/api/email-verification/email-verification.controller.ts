import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import { PasswordResetRequestDto } from '../password-reset/password-reset.dto.js';
import { EmailVerificationDto } from './email-verification.dto.js';
import { EmailVerifications } from './email-verifications.service.js';

@ApiTags('sign-in')
@Controller('auth/email-verification')
export class EmailVerificationController {
  constructor(private readonly verifications: EmailVerifications) {}

  @Post()
  @HttpCode(204)
  @Access('public')
  @ApiOperation({
    operationId: 'requestEmailVerification',
    summary: 'Request a link that verifies the e-mail address',
    description: 'The answer is the same whether or not anybody has that address.',
  })
  @ApiNoContentResponse({ description: 'If the address waits for it, a mail is on its way.' })
  @ApiProblem('VALIDATION_FAILED', 'TOO_MANY_ATTEMPTS')
  async request(@Body() { email }: PasswordResetRequestDto, @Ip() address: string): Promise<void> {
    await this.verifications.request(email, address);
  }

  @Post('confirm')
  @HttpCode(204)
  @Access('public')
  @ApiOperation({
    operationId: 'confirmEmailVerification',
    summary: 'Verify the e-mail address by a link',
    description:
      'Until now anybody may have registered the address: every session, API key, link and sent invitation of the user ends. Sign in again.',
  })
  @ApiNoContentResponse({ description: 'Verified.' })
  @ApiProblem('VALIDATION_FAILED', 'INVALID_LINK', 'TOO_MANY_ATTEMPTS')
  async confirm(@Body() { token }: EmailVerificationDto, @Ip() address: string): Promise<void> {
    await this.verifications.confirm(token, address);
  }
}
