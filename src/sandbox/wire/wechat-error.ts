/** Where a parameter is wrong, as WeChat Pay's answers describe it. */
export interface WechatErrorDetail {
  /** JSON pointer, such as `/amount/total`. */
  field: string;
  issue: string;
  location: 'body' | 'query' | 'url';
}

/**
 * A refusal in WeChat Pay's words.
 * Source: the APIv3 lists of error codes, common ones and those of each interface.
 */
export class WechatError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail: WechatErrorDetail | null = null,
  ) {
    super(message);
  }

  static badSignature(reason: string): WechatError {
    return new WechatError(401, 'SIGN_ERROR', `签名验证失败：${reason}`);
  }

  static badParameter(detail: WechatErrorDetail): WechatError {
    return new WechatError(400, 'PARAM_ERROR', `参数错误：${detail.field} ${detail.issue}`, detail);
  }

  static invalidRequest(message: string): WechatError {
    return new WechatError(400, 'INVALID_REQUEST', message);
  }
}
