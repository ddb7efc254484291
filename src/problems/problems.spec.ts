import { HttpException, Logger, NotFoundException, type ArgumentsHost } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsIn, IsString, Matches, Max, ValidateNested } from 'class-validator';
import { AnyErrorFilter } from './any-error.filter.js';
import { CATALOGUE, type ProblemCode } from './catalogue.js';
import { languageOf } from './language.js';
import { Problem } from './problem.js';
import { says } from './says.js';
import type { Language } from './sentence.js';
import { createValidationPipe } from './validation.pipe.js';

const CODES = Object.keys(CATALOGUE) as ProblemCode[];
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('the catalogue', () => {
  it.each(CODES)('says %s in both languages, with the same facts', (code) => {
    const { status, title, detail } = CATALOGUE[code];
    expect(status).toBeGreaterThanOrEqual(400);
    for (const sentence of [title, detail]) {
      expect(sentence.en).toMatch(/^[\x20-\x7e“”’…]+$/);
      expect(sentence['zh-CN']).toMatch(/\p{Script=Han}/u);
      expect(placeholders(sentence.en)).toEqual(placeholders(sentence['zh-CN']));
    }
  });
});

describe('a problem', () => {
  it('has the body of RFC 9457, with the code, the faults and the extensions', () => {
    const problem = new Problem('QUOTA_EXCEEDED', {
      params: { used: 3, limit: 3, cost: 1, resetsAt: 'tomorrow' },
      extensions: { quota: { used: 3 } },
    });
    expect(problem.getStatus()).toBe(402);
    expect(problem.body('en')).toEqual({
      type: 'about:blank',
      title: 'Quota exceeded',
      status: 402,
      detail: 'Not enough quota: 3 of 3 used, 1 needed. It resets at tomorrow.',
      code: 'QUOTA_EXCEEDED',
      quota: { used: 3 },
    });
    expect(problem.body('zh-CN').detail).toBe('配额不足。已用：3/3，本次需要 1。重置时间：tomorrow。');
  });

  it('keeps a parameter that looks like a template as it is', () => {
    const problem = new Problem('PLAN_NOT_FOUND', { params: { planCode: '{planCode}$&$1' } });
    expect(problem.body('en').detail).toContain('"{planCode}$&$1"');
  });
});

describe('the language of an answer', () => {
  it.each([
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['*', 'zh-CN'],
    ['fr', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['zh-TW', 'zh-CN'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['fr, en;q=0.3', 'en'],
    ['en;q=0.3, zh-CN;q=0.9', 'zh-CN'],
    ['en;q=0', 'zh-CN'],
  ])('for %j is %s', (header, language) => {
    expect(languageOf({ headers: { 'accept-language': header } })).toBe(language);
  });
});

describe('any error', () => {
  beforeAll(() => Logger.overrideLogger(false));

  interface Sent {
    status?: number;
    headers: Record<string, string>;
    body?: any;
  }

  function answerTo(error: unknown): Sent {
    const sent: Sent = { headers: {} };
    const reply = {
      header: (name: string, value: string) => (sent.headers[name] = value),
      status: (code: number) => {
        sent.status = code;
        return { send: (body: string) => (sent.body = JSON.parse(body)) };
      },
    };
    const http = { getResponse: () => reply, getRequest: () => ({ headers: { 'accept-language': 'en' } }) };
    const filter = new AnyErrorFilter();
    Reflect.apply(filter.catch, filter, [error, { switchToHttp: () => http } as unknown as ArgumentsHost]);
    return sent;
  }

  it('of our own is answered as it is, with its headers', () => {
    const sent = answerTo(
      new Problem('TOO_MANY_ATTEMPTS', { retryAfterSeconds: 0.2, params: { seconds: 1 } }),
    );
    expect(sent).toMatchObject({ status: 429, headers: { 'retry-after': '1', 'cache-control': 'no-store' } });
    expect(answerTo(new Problem('UNAUTHENTICATED')).headers['www-authenticate']).toBe('Bearer');
  });

  it.each([
    [new NotFoundException('x'), 404, 'NOT_FOUND'],
    [new HttpException('x', 403), 403, 'FORBIDDEN'],
    [new HttpException('x', 418), 400, 'REQUEST_REFUSED'],
    [Object.assign(new Error('x'), { statusCode: 413 }), 413, 'PAYLOAD_TOO_LARGE'],
    [Object.assign(new Error('x'), { statusCode: 415 }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [Object.assign(new Error('Body is not valid JSON'), { statusCode: 400 }), 400, 'VALIDATION_FAILED'],
  ])('of the framework’s gets a code of the list: %s', (error, status, code) => {
    expect(answerTo(error)).toMatchObject({ status, body: { status, code } });
  });

  it.each([new Error('the password is hush'), new HttpException('hush', 500), null, 'hush'])(
    'that nobody foresaw becomes a bare 500: %s',
    (error) => {
      const sent = answerTo(error);
      expect(sent).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } });
      expect(JSON.stringify(sent.body)).not.toContain('hush');
    },
  );
});

describe('the validation pipe', () => {
  class Thing {
    @IsString()
    name: string;
  }

  const pipe = createValidationPipe();
  const check = (value: unknown) => pipe.transform(value, { type: 'body', metatype: Thing });
  const faults = (value: unknown) =>
    check(value).then(
      () => [],
      (problem: Problem) => problem.facts.errors?.map(({ field }) => field),
    );

  it('makes the class’s own', async () => {
    expect(await check({ name: 'x' })).toBeInstanceOf(Thing);
  });

  it.each([
    [{}, ['name']],
    [{ name: 1 }, ['name']],
    [{ name: 'x', other: 1 }, ['other']],
    [{ name: 'x', toString: 1 }, ['toString']],
    [{ name: 'x', hasOwnProperty: 1 }, ['hasOwnProperty']],
    [{ name: 'a\u0000b' }, ['name']],
    [{ name: '\udc00' }, ['name']],
    [{ name: 'x', list: [{ '\u0000': 1 }] }, ['list']],
    [null, ['body']],
    [[], ['body']],
    [[{ name: 'x' }], ['body']],
    ['x', ['body']],
    [nested(33), ['body']],
  ])('names what is wrong in %j', async (value, fields) => {
    expect(await faults(value)).toEqual(fields);
  });

  it('says it in both languages, with what the rule asks for', async () => {
    class Part {
      @Max(7)
      size: number;
    }
    class Whole {
      @IsIn(['a', 'b'], { each: true })
      kinds: string[];

      @Matches(/^x$/, says('must be x', '必须是 x'))
      letter: string;

      @ValidateNested({ each: true })
      @Type(() => Part)
      parts: Part[];
    }
    const body = { kinds: ['c'], letter: 'y', parts: [{ size: 8 }, 1], role: 'admin' };
    const problem = await pipe.transform(body, { type: 'body', metatype: Whole }).catch((error) => error);
    const messages = (language: Language) =>
      (problem as Problem).body(language).errors?.map(({ message }) => message);
    expect(messages('en')).toEqual([
      'role is no field of this request: leave it out',
      'each value in kinds must be one of: a, b',
      'letter must be x',
      'parts.0.size must be at most 7',
      'parts.1 must be an object',
    ]);
    expect(messages('zh-CN')).toEqual([
      'role 不是此请求的字段，请去掉',
      'kinds 的每一项必须是以下之一：a, b',
      'letter 必须是 x',
      'parts.0.size 不能大于 7',
      'parts.1 必须是对象',
    ]);
    expect((problem as Problem).body('zh-CN').detail).toBe(`请求无效：${messages('zh-CN')!.join('；')}。`);
  });

  it('takes whole pairs of surrogates', async () => {
    expect(await faults({ name: '😀' })).toEqual([]);
  });

  function nested(depth: number): unknown {
    return depth === 0 ? 1 : { name: nested(depth - 1) };
  }
});
