import { Module, type DynamicModule } from '@nestjs/common';
import { selfContained } from '../problems/self-contained.js';
import { PageSessionController } from './page-session.controller.js';
import { PAGES_OPTIONS, type PagesOptions } from './pages.options.js';

const CONTROLLERS = selfContained([PageSessionController]);

/** What the portal's pages need beside the API: their sessions. Needs AuthModule globally. */
@Module({})
export class PagesModule {
  static forRoot(options: PagesOptions): DynamicModule {
    return {
      module: PagesModule,
      controllers: CONTROLLERS,
      providers: [{ provide: PAGES_OPTIONS, useValue: options }],
    };
  }
}
