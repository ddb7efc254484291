import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import { PasswordResetDto, PasswordResetRequestDto } from './password-reset.dto.js';
import { PasswordResets } from './password-resets.service.js';

@ApiTags('sign-in')
@Controller('auth/password-reset')
export class PasswordResetController {
  constructor(private readonly resets: PasswordResets) {}

  @Post()
  @HttpCode(204)
  @Access('public')
  @ApiOperation({
    operationId: 'requestPasswordReset',
    summary: 'Request a link to set a new password',
    description: 'The answer is the same whether or not anybody has that address.',
  })
  @ApiNoContentResponse({ description: 'If the address is a user’s, a mail is on its way.' })
  @ApiProblem('VALIDATION_FAILED', 'TOO_MANY_ATTEMPTS')
  async request(@Body() { email }: PasswordResetRequestDto, @Ip() address: string): Promise<void> {
    await this.resets.request(email, address);
  }

  @Post('confirm')
  @HttpCode(204)
  @Access('public')
  @ApiOperation({
    operationId: 'confirmPasswordReset',
    summary: 'Set a new password by a link',
    description: 'Every session, API key and link of the user ends. The link works once.',
  })
  @ApiNoContentResponse({ description: 'Set.' })
  @ApiProblem('VALIDATION_FAILED', 'INVALID_LINK', 'TOO_MANY_ATTEMPTS')
  @ApiProblem('OVERLOADED', 'SERVICE_UNAVAILABLE')
  async confirm(@Body() { token, newPassword }: PasswordResetDto, @Ip() address: string): Promise<void> {
    await this.resets.confirm(token, newPassword, address);
  }
}
