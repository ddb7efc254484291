import { Module, type DynamicModule } from '@nestjs/common';
import { selfContained } from '../problems/self-contained.js';
import { CustomerOfBody } from './customer-of-body.guard.js';
import { PageSessionController } from './page-session.controller.js';
import { PortalLinks } from './portal-links.service.js';
import { PortalLinksController } from './portal-links.controller.js';
import { PAGES_OPTIONS, type PagesOptions } from './pages.options.js';

const CONTROLLERS = selfContained([PageSessionController, PortalLinksController]);

/** What the portal's pages need beside the API: their sessions, and links into them. Needs AuthModule globally. */
@Module({})
export class PagesModule {
  static forRoot(options: PagesOptions): DynamicModule {
    return {
      module: PagesModule,
      controllers: CONTROLLERS,
      providers: [CustomerOfBody, PortalLinks, { provide: PAGES_OPTIONS, useValue: options }],
    };
  }
}
