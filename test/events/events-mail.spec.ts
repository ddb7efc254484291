import { DeliveryDispatcher } from '../../src/events/dispatch/delivery-dispatcher.js';
import { EventOutbox } from '../../src/events/outbox/event-outbox.js';
import type { CommercialEvent, EventType } from '../../src/events/types/event-types.js';
import type { Mail } from '../../src/auth/options/mailer.js';
import { inTransaction } from '../../src/database/transaction.js';
import {
  administrator,
  buy,
  payAtCashier,
  register,
  startApp,
  untilPayment,
  type CommercialApp,
  type Person,
} from '../support/app.js';

const SUBSCRIPTION = {
  id: '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11',
  planCode: 'pro',
  planName: '专业版',
  status: 'active',
  currentPeriodStart: '2026-11-24T08:00:00.000Z',
  currentPeriodEnd: '2026-12-24T20:00:00.000Z',
  cancelAtPeriodEnd: true,
  trialEndsAt: null,
};

describe('a mail about what happened', () => {
  let app: CommercialApp;
  let chinese: Person;
  let english: Person;
  const mails: Mail[] = [];
  let fails = false;

  beforeAll(async () => {
    app = await startApp({
      commercial: {
        events: {
          mail: {
            mailer: {
              send: async (mail) => {
                if (fails) throw Object.assign(new Error('no such host'), { code: 'ECONNREFUSED' });
                mails.push(mail);
              },
            },
            receiptUrl: (orderId) => `https://app.example.com/receipts/${orderId}`,
            quotaNames: { processing_count: { 'zh-CN': '影像处理', en: 'Studies' } },
          },
        },
      },
    });
    chinese = await register(app, 'li.wei');
    english = await register(app, 'alice');
    await chinese.call('PUT', '/users/me', { body: { locale: 'zh-CN' } });
    await english.call('PUT', '/users/me', { body: { locale: 'en' } });
  });
  afterAll(() => app.close());
  beforeEach(() => {
    fails = false;
    mails.length = 0;
  });

  const deliver = () => app.app.get(DeliveryDispatcher, { strict: false }).runDue();

  async function happen<Type extends EventType>(
    person: Person,
    type: Type,
    data: CommercialEvent<Type>['data'],
  ) {
    const [{ id: accountId }] = await app.sql(
      'SELECT personal_account_id AS id FROM commercial.users WHERE id = $1',
      [person.id],
    );
    await inTransaction(app.dataSource, (manager) =>
      app.app.get(EventOutbox, { strict: false }).record(manager, {
        type,
        accountId,
        subscriptionId: SUBSCRIPTION.id,
        subjectId: SUBSCRIPTION.id,
        data: data as never,
        at: app.clock.now(),
      }),
    );
    await deliver();
  }

  it('goes to the buyer: the plan, the payment with its receipt, and nothing about the free plan', async () => {
    await deliver();
    expect(mails).toEqual([]);
    const orderId = await buy(app, chinese, 'alipay');
    await deliver();
    expect(mails).toMatchObject([
      { to: 'li.wei@example.com', subject: '“专业版”已生效' },
      { to: 'li.wei@example.com', subject: '已收到付款 ¥99.00' },
    ]);
    expect(mails[1]!.text).toContain(`https://app.example.com/receipts/${orderId}`);
    expect(new Set(mails.map(({ id }) => id)).size).toBe(2);
  });

  it.each([
    ['subscription.renewed', {}, '“专业版”已续订', '专业版 is renewed'],
    [
      'subscription.changed',
      { formerPlanCode: 'enterprise' },
      '订阅已更换为“专业版”',
      'Your plan is now 专业版',
    ],
    ['subscription.expiring', { daysLeft: 7 }, '“专业版”将在 7 天后到期', '专业版 ends in 7 days'],
    ['subscription.expiring', { daysLeft: 1 }, '“专业版”将在 1 天后到期', '专业版 ends in 1 day'],
    ['subscription.expiring', { daysLeft: 0 }, '“专业版”已到期', '专业版 has come to its end'],
    [
      'subscription.expiring',
      { daysLeft: 3, trial: true },
      '“专业版”试用将在 3 天后到期',
      'Your trial of 专业版 ends in 3 days',
    ],
    ['subscription.expired', {}, '“专业版”已失效', '专业版 has expired'],
    ['subscription.canceled', {}, '“专业版”已取消', '专业版 is canceled'],
  ] as const)('of %s %j is written in the reader’s language', async (type, more, zh, en) => {
    for (const person of [chinese, english]) {
      await happen(person, type, { subscription: SUBSCRIPTION, ...more } as never);
    }
    expect(mails).toMatchObject([
      { to: 'li.wei@example.com', subject: zh, text: expect.stringMatching(/^您好：/) },
      { to: 'alice@example.com', subject: en, text: expect.stringMatching(/^Hello,/) },
    ]);
    // The day is Beijing's: in UTC it is still the 24th.
    if (/renewed|expiring|canceled/.test(type)) expect(mails[0]!.text).toContain('2026-12-25 04:00');
  });

  it.each([
    [
      { daysLeft: 7, trial: false },
      [
        '将在 6 天后扣款续费“企业版”',
        '2026-12-25 04:00，到期前一天将按您签署的扣款协议自动扣款续费“企业版”',
        '解除扣款协议',
      ],
      ['企业版 is charged in 6 days', 'The day before, it is renewed as 企业版', 'end the agreement'],
    ],
    [
      { daysLeft: 1, trial: false },
      ['即将扣款续费“企业版”', '2026-12-25 04:00，现在按您签署的扣款协议扣款续费“企业版”', '您无需操作'],
      ['企业版 is charged now', 'is renewed as 企业版 now', 'nothing to do'],
    ],
    [
      { daysLeft: 0, trial: false },
      ['“企业版”续费尚未完成', '2026-12-25 04:00，按扣款协议的续费尚未完成', '宽限期内每天会重新尝试扣款'],
      ['The renewal of 企业版 is not done yet', 'could not be charged', 'tried again each day'],
    ],
    [
      { daysLeft: 3, trial: true },
      ['将在 2 天后扣款并转为付费订阅“企业版”', '您的“专业版”试用期至 2026-12-25 04:00', '取消订阅'],
      [
        '企业版 is charged in 2 days',
        'Your trial of 专业版 lasts until',
        'goes on as a paid subscription to 企业版',
      ],
    ],
  ] as const)('of a renewal that is charged by agreement says what and when: %j', async (more, zh, en) => {
    const autoRenewal = { planCode: 'enterprise', planName: '企业版' };
    const data = { subscription: SUBSCRIPTION, autoRenewal, ...more } as never;
    for (const person of [chinese, english]) await happen(person, 'subscription.expiring', data);
    for (const [n, [subject, ...parts]] of [zh, en].entries()) {
      expect(mails[n]!.subject).toBe(subject);
      for (const part of parts) expect(mails[n]!.text).toContain(part);
      if (more.daysLeft < 3) expect(mails[n]!.text).not.toMatch(/解除|end the agreement/);
    }
  });

  it('of a larger plan is one: its activation tells that the plan was changed', async () => {
    const upgrader = await register(app, 'upgrader');
    await buy(app, upgrader, 'alipay');
    await deliver();
    mails.length = 0;
    const body = { planCode: 'enterprise', provider: 'alipay' };
    const { payment } = (await upgrader.call('POST', '/subscriptions/current/change', { body })).body;
    await payAtCashier(app, payment.orderId);
    await untilPayment(app, payment.orderId, 'paid');
    await deliver();
    expect(mails.map(({ subject }) => subject)).toEqual([
      '企业版 is active',
      `Payment of ¥${payment.amount} received`,
    ]);
  });

  it('is not written where a plan goes on in a newer version', async () => {
    await happen(english, 'subscription.changed', { subscription: SUBSCRIPTION, formerPlanCode: 'pro' });
    expect(mails).toEqual([]);
  });

  it('tells of a threshold and of a refund', async () => {
    await happen(english, 'quota.threshold', {
      quotaType: 'processing_count',
      percent: 80,
      used: 8,
      granted: 10,
    });
    const payment = { orderId: 'o1', amount: '99.00', planName: null } as never;
    await happen(english, 'payment.refunded', {
      payment,
      refund: { refundId: 'r1', amount: '9.90', reason: null },
    });
    expect(mails.map(({ subject }) => subject)).toEqual(['80% of your quota is used', '¥9.90 refunded']);
  });

  it.each([
    ['processing_count', '影像处理：已使用 8，共 10。', 'Studies: 8 of 10 used.'],
    ['storage_gb', 'storage_gb：已使用 8，共 10。', 'storage_gb: 8 of 10 used.'],
  ])(
    'calls the quota %s by its name in the reader’s language, where it has one',
    async (quotaType, zh, en) => {
      const data = { quotaType, percent: 80, used: 8, granted: 10 };
      for (const person of [chinese, english]) await happen(person, 'quota.threshold', data);
      expect(mails.map(({ text }) => text.trim().split('\n').at(-1))).toEqual([zh, en]);
    },
  );

  it('that could not be handed on is tried again, and then sent once', async () => {
    fails = true;
    await happen(english, 'subscription.expired', { subscription: SUBSCRIPTION });
    expect(
      await app.sql(`SELECT last_error FROM commercial.event_deliveries WHERE status = 'pending'`),
    ).toEqual([{ last_error: 'the mail could not be handed on (ECONNREFUSED)' }]);
    fails = false;
    app.clock.forward(6_000);
    await deliver();
    await deliver();
    expect(mails).toHaveLength(1);
  });

  it('takes no header from a plan’s name', async () => {
    const planName = 'Pro\r\nBcc: everybody@example.com\u2028X: y';
    await happen(english, 'subscription.expired', { subscription: { ...SUBSCRIPTION, planName } });
    expect(mails[0]!.subject).toBe('Pro Bcc: everybody@example.com X: y has expired');
  });

  it('is not written to somebody who was shut out', async () => {
    const admin = await administrator(app);
    const gone = await register(app, 'gone');
    await admin.call('POST', `/admin/users/${gone.id}/deactivate`, { body: {} });
    await happen(gone, 'subscription.expired', { subscription: SUBSCRIPTION });
    expect(mails).toEqual([]);
    const { body } = await admin.call('GET', '/admin/event-deliveries?status=skipped&kind=mail');
    expect(body.items[0]).toMatchObject({ lastError: 'the account has no owner who can be written to' });
  });

  it('is owed by nobody where no mailer is set', async () => {
    const silent = await startApp();
    await buy(silent, await register(silent, 'quiet'), 'wechat');
    expect(await silent.sql(`SELECT 1 FROM commercial.event_deliveries`)).toEqual([]);
    await silent.close();
  });
});
