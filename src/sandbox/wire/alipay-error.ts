/**
 * A refusal in Alipay's words.
 * Source: the open platform's list of common error codes (公共错误码) and those of each method.
 */
export class AlipayError extends Error {
  constructor(
    readonly code: '40001' | '40002' | '40004',
    readonly subCode: string,
    readonly subMsg: string,
  ) {
    super(`${subCode}: ${subMsg}`);
  }

  get msg(): string {
    return { 40001: 'Missing Required Arguments', 40002: 'Invalid Arguments', 40004: 'Business Failed' }[
      this.code
    ];
  }

  static missing(what: string, subMsg: string): AlipayError {
    return new AlipayError('40001', `isv.missing-${what}`, subMsg);
  }

  static invalid(what: string, subMsg: string): AlipayError {
    return new AlipayError('40002', `isv.invalid-${what}`, subMsg);
  }

  /** A refusal of the business: the request itself was in order. */
  static business(reason: string, subMsg: string): AlipayError {
    return new AlipayError('40004', `ACQ.${reason}`, subMsg);
  }
}
