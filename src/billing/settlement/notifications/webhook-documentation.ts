import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiResponse,
} from '@nestjs/swagger';
import { problemContent } from '../../../problems/problem-response.js';

/** Documents POST /webhooks/alipay: the fields of an asynchronous notification, of which the app reads a few. */
export function DocumentAlipayNotification(): MethodDecorator {
  return applyDecorators(
    ApiConsumes('application/x-www-form-urlencoded'),
    ApiBody({ schema: { type: 'object', additionalProperties: true, example: ALIPAY_NOTIFICATION } }),
    ApiOkResponse({ description: 'Settled, or nothing left to do.', content: plain('success') }),
    ...refusals(plain('fail')),
  );
}

/** Documents POST /webhooks/wechat: an APIv3 notification, its resource encrypted with the APIv3 key. */
export function DocumentWechatNotification(): MethodDecorator {
  return applyDecorators(
    ...Object.entries(WECHAT_HEADERS).map(([name, example]) => ApiHeader({ name, example, required: true })),
    ApiBody({ schema: { type: 'object', additionalProperties: true, example: WECHAT_NOTIFICATION } }),
    ApiNoContentResponse({ description: 'Settled, or nothing left to do.' }),
    ...refusals({
      'application/json': {
        schema: { type: 'object', properties: { code: { type: 'string' }, message: { type: 'string' } } },
        example: { code: 'FAIL', message: 'the signature is wrong' },
      },
    }),
  );
}

type Content = NonNullable<Extract<Parameters<typeof ApiResponse>[0], { content?: unknown }>['content']>;

/** A channel reads no problem+json: what it is told is in its own form. */
function refusals(content: Content): MethodDecorator[] {
  return [
    ApiResponse({ status: 400, description: 'It can’t be read.', content }),
    ApiResponse({ status: 401, description: 'Signature, time or merchant is wrong.', content }),
    ApiResponse({ status: 404, description: 'The order is unknown here. It is recorded.', content }),
    ApiResponse({
      status: 409,
      description:
        'Amount, currency or channel are not the order’s. It is recorded, and changes nothing. Or ' +
        '`CHANNEL_NOT_CONFIGURED`: the channel is not set up here.',
      content: { ...content, ...problemContent(['CHANNEL_NOT_CONFIGURED']) },
    }),
  ];
}

function plain(example: string): Content {
  return { 'text/plain': { schema: { type: 'string' }, example } };
}

const ALIPAY_NOTIFICATION = {
  notify_id: '2026112400222080015070101234567890',
  notify_type: 'trade_status_sync',
  notify_time: '2026-11-24 16:00:05',
  app_id: '2021000000000000',
  seller_id: '2088000000000000',
  out_trade_no: '4f0c1f9f6f5f4a4c9d0e3b2a1c0d9e8f',
  trade_no: '2026112422001400000000000001',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '99.00',
  gmt_payment: '2026-11-24 16:00:04',
  sign_type: 'RSA2',
  sign: 'Base64==',
};

const WECHAT_HEADERS = {
  'Wechatpay-Timestamp': '1795507204',
  'Wechatpay-Nonce': 'EV8qVkRb7mJYqk2d',
  'Wechatpay-Serial': 'PUB_KEY_ID_0116000000002026112400000000000000',
  'Wechatpay-Signature': 'Base64==',
};

const WECHAT_NOTIFICATION = {
  id: '5c9f5f0e-6d1a-5b1b-8a35-7f3e0a8e2b11',
  create_time: '2026-11-24T16:00:04+08:00',
  event_type: 'TRANSACTION.SUCCESS',
  resource_type: 'encrypt-resource',
  resource: {
    original_type: 'transaction',
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: 'Base64==',
    nonce: '0f1e2d3c4b5a',
    associated_data: 'transaction',
  },
  summary: '支付成功',
};
