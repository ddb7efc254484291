import { Controller, Logger, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import { Problem } from '../../../problems/problem.js';
import type { RawNotification } from '../../../providers/raw-notification.js';
import { DocumentAlipayNotification, DocumentWechatNotification } from './webhook-documentation.js';
import { WebhooksService } from './webhooks.service.js';

const SEE_CONFIGURATION = { en: 'see the configuration', 'zh-CN': '请查看配置' };

/** What Fastify's and Express's requests have in common, with Nest's `rawBody: true`. */
interface WebhookRequest {
  headers: RawNotification['headers'];
  rawBody?: Buffer;
}

interface WebhookReply {
  status(code: number): WebhookReply;
  header(name: string, value: string): unknown;
  send(body: string): unknown;
}

/** The channels' own formats in both directions; the signature is the authentication. */
@ApiTags('webhooks')
@Controller('webhooks')
export class WebhooksController {
  private readonly logger = new Logger(WebhooksController.name);
  private hasSaidWhatIsMissing = false;

  constructor(private readonly webhooks: WebhooksService) {}

  @Post('alipay')
  @Access('public')
  @ApiOperation({
    operationId: 'receiveAlipayNotification',
    summary: 'Receive Alipay’s notifications',
    description: 'Form POST, signed with RSA2.',
  })
  @DocumentAlipayNotification()
  alipay(@Req() request: WebhookRequest, @Res() reply: WebhookReply): Promise<void> {
    return this.receive('alipay', request, reply);
  }

  @Post('wechat')
  @Access('public')
  @ApiOperation({
    operationId: 'receiveWechatPayNotification',
    summary: 'Receive WeChat Pay’s notifications',
    description: 'APIv3 JSON, signed and encrypted.',
  })
  @DocumentWechatNotification()
  wechat(@Req() request: WebhookRequest, @Res() reply: WebhookReply): Promise<void> {
    return this.receive('wechat', request, reply);
  }

  @Post(':provider')
  @Access('public')
  @ApiExcludeEndpoint()
  hostProvider(
    @Param('provider') provider: string,
    @Req() request: WebhookRequest,
    @Res() reply: WebhookReply,
  ): Promise<void> {
    return this.receive(provider, request, reply);
  }

  private async receive(provider: string, request: WebhookRequest, reply: WebhookReply): Promise<void> {
    this.lookForRawBody(request);
    const body = request.rawBody ?? Buffer.alloc(0);
    const answer = await this.webhooks.receive(provider, { headers: request.headers, body });
    if (!answer) {
      throw new Problem('CHANNEL_NOT_CONFIGURED', {
        params: { provider, available: SEE_CONFIGURATION },
      });
    }
    reply.header('content-type', answer.contentType);
    reply.status(answer.status).send(answer.body);
  }

  /** A host that parses bodies by itself can't be told at its start. Once is enough: a stranger may send as many. */
  private lookForRawBody({ headers, rawBody }: WebhookRequest): void {
    const isSent = Number(headers['content-length'] ?? 0) > 0 || 'transfer-encoding' in headers;
    const isRead = /json|x-www-form-urlencoded/i.test(String(headers['content-type']));
    if (rawBody || !isSent || !isRead || this.hasSaidWhatIsMissing) return;
    this.hasSaidWhatIsMissing = true;
    this.logger.error(
      'A notification came without its raw body, so no signature can be verified: let the application’s own body ' +
        'parser keep the bytes as request.rawBody, or leave parsing to NestFactory.create(AppModule, { rawBody: true }).',
    );
  }
}
