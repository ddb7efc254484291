import { createRequire } from 'node:module';
import { onFirstUse } from '../../loading/on-first-use.js';

const require = createRequire(import.meta.url);

/** WeChat Pay's SDK. Its axios and XML parser load with it, so only an application with this channel loads it. */
export const wechatSdk = onFirstUse(
  () => require('wechatpay-axios-plugin') as typeof import('wechatpay-axios-plugin'),
);
