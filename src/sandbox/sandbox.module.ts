import {
  Module,
  RequestMethod,
  type DynamicModule,
  type MiddlewareConsumer,
  type NestModule,
} from '@nestjs/common';
import { AgreementSigner } from './agreements/agreement-signer.js';
import { AgreementsController } from './agreements/agreements.controller.js';
import { SandboxAgreements } from './records/sandbox-agreements.js';
import { AlipayAgreements } from './alipay/alipay-agreements.js';
import { AlipayGatewayController } from './alipay/alipay-gateway.controller.js';
import { AlipayNoticeWire } from './alipay/alipay-notice-wire.js';
import { AlipayNotices } from './alipay/alipay-notices.js';
import { AlipayRefunds } from './alipay/alipay-refunds.js';
import { AlipayTrades } from './alipay/alipay-trades.js';
import { AlipayBills } from './bills/alipay-bills.js';
import { BillLinks } from './bills/bill-links.js';
import { WechatBills } from './bills/wechat-bills.js';
import { CashierController } from './cashier/cashier.controller.js';
import { ignoreBody } from './cashier/ignore-body.js';
import { SandboxBuyer } from './cashier/sandbox-buyer.js';
import { ConsoleController } from './console/console.controller.js';
import { FaultsController } from './faults/faults.controller.js';
import { FaultyAnswers } from './faults/faulty-answers.js';
import { SandboxFaults } from './faults/sandbox-faults.js';
import { NOTICE_WIRES, type NoticeWires } from './records/notice.js';
import { NoticeOutbox } from './notices/notice-outbox.js';
import { SandboxJournal } from './records/sandbox-journal.js';
import { SandboxOrders } from './records/sandbox-orders.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from './options/sandbox.options.js';
import { WechatGatewayController } from './wechat/wechat-gateway.controller.js';
import { WechatNoticeWire } from './wechat/wechat-notice-wire.js';
import { WechatNotices } from './wechat/wechat-notices.js';
import { WechatRefunds } from './wechat/wechat-refunds.js';
import { WechatSigner } from './wechat/wechat-signer.js';
import { WechatTransactions } from './wechat/wechat-transactions.js';

/**
 * Both channels' gateways and a cashier, for development and tests. The application must be created with
 * `rawBody: true`. Alipay's gateway answers at `/sandbox/alipay/gateway.do`, WeChat Pay's under `/sandbox/wechat`.
 */
@Module({})
export class SandboxModule implements NestModule {
  static forRoot(options: SandboxOptions): DynamicModule {
    return {
      module: SandboxModule,
      global: false,
      controllers: [
        AlipayGatewayController,
        WechatGatewayController,
        CashierController,
        AgreementsController,
        FaultsController,
        ConsoleController,
      ],
      providers: [
        { provide: SANDBOX_OPTIONS, useValue: options },
        { provide: SandboxJournal, useFactory: () => new SandboxJournal(options.journalPath) },
        {
          provide: NOTICE_WIRES,
          useFactory: (alipay: AlipayNoticeWire, wechat: WechatNoticeWire): NoticeWires => ({
            alipay,
            wechat,
          }),
          inject: [AlipayNoticeWire, WechatNoticeWire],
        },
        SandboxOrders,
        SandboxFaults,
        FaultyAnswers,
        NoticeOutbox,
        AlipayNoticeWire,
        AlipayNotices,
        AlipayTrades,
        AlipayRefunds,
        AlipayAgreements,
        SandboxAgreements,
        AgreementSigner,
        WechatSigner,
        WechatNoticeWire,
        WechatNotices,
        WechatTransactions,
        WechatRefunds,
        BillLinks,
        AlipayBills,
        WechatBills,
        SandboxBuyer,
      ],
      exports: [SandboxOrders, SandboxBuyer, SandboxFaults, NoticeOutbox],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply(ignoreBody)
      .forRoutes(
        { path: 'sandbox/payments/:orderId/pay', method: RequestMethod.POST },
        { path: 'sandbox/cashier/:orderId', method: RequestMethod.POST },
        { path: 'sandbox/agreements/:externalNo', method: RequestMethod.POST },
        { path: 'sandbox/agreements/:externalNo/sign', method: RequestMethod.POST },
        { path: 'sandbox/agreements/:externalNo/end', method: RequestMethod.POST },
      );
  }
}
