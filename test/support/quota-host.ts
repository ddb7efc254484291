import type { AddressInfo } from 'node:net';
import {
  Controller,
  ForbiddenException,
  Get,
  Header,
  HttpCode,
  Injectable,
  Module,
  Param,
  ParseIntPipe,
  Post,
  Res,
  UseGuards,
  UseInterceptors,
  type CallHandler,
  type CanActivate,
  type INestApplication,
  type NestInterceptor,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { ServerResponse } from 'node:http';
import { catchError, of, throwError, type Observable } from 'rxjs';
import { Access } from '../../src/auth/access/access.decorator.js';
import { AccessGuard } from '../../src/auth/access/access.guard.js';
import { CommercialModule } from '../../src/commercial/commercial.module.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { QuotaGuard } from '../../src/quota/api/guard/quota.guard.js';
import { RequireQuota } from '../../src/quota/api/guard/require-quota.decorator.js';
import { JWT_KEY, type CommercialApp } from './app.js';

/** A moment that one side waits for and the other brings about. */
class Signal {
  give!: () => void;
  readonly given = new Promise<void>((resolve) => (this.give = resolve));
}

/** A door that a test opens: what is behind it waits meanwhile. */
export class Gate {
  private readonly opened = new Signal();
  private readonly reached = new Signal();

  pass(): Promise<void> {
    this.reached.give();
    return this.opened.given;
  }

  untilReached(): Promise<void> {
    return this.reached.given;
  }

  open(): void {
    this.opened.give();
  }
}

/** What the handlers below do where the request doesn't say it. Made anew for each test. */
export const stage = { gate: new Gate(), ran: 0, connectionLost: new Signal() };

export function resetStage(): void {
  Object.assign(stage, { gate: new Gate(), ran: 0, connectionLost: new Signal() });
}

@Injectable()
class RefusingGuard implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException('not today');
  }
}

@Injectable()
class WaitingGuard implements CanActivate {
  async canActivate(): Promise<boolean> {
    await stage.gate.pass();
    return true;
  }
}

/** Makes a success of every failure, as a host's fallback does. */
@Injectable()
class RecoveringInterceptor implements NestInterceptor {
  intercept(_context: unknown, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(catchError(() => of({ instead: true })));
  }
}

interface Reply {
  status(code: number): { send(body: unknown): unknown };
  raw?: ServerResponse;
  hijack?(): unknown;
}

/** Used for every answer, so that nobody may write into it. */
const OWN_HEADERS = Object.freeze({ 'content-type': 'application/json', 'x-own': 'head' });

interface ParamRequest {
  params: Record<string, string>;
}

@Controller('jobs')
class JobsController {
  @Get('plain')
  @RequireQuota('dicom_processing')
  plain(): { ran: true } {
    stage.ran += 1;
    return { ran: true };
  }

  @Post('process/:patientName/:studyDate')
  @RequireQuota<ParamRequest>('dicom_processing', {
    cost: 2,
    resourceId: ({ params }) => `${params['patientName']}_${params['studyDate']}`,
  })
  process(): object {
    return {};
  }

  @Get('cost/:cost')
  @RequireQuota<ParamRequest>('dicom_processing', { cost: ({ params }) => Number(params['cost']) })
  costly(): object {
    stage.ran += 1;
    return {};
  }

  @Get('throws')
  @RequireQuota('dicom_processing')
  throws(): never {
    throw new Error('the job failed');
  }

  @Get('rejects')
  @RequireQuota('dicom_processing')
  async rejects(): Promise<never> {
    await stage.gate.pass();
    throw new ForbiddenException('after a while');
  }

  @Get('later-guard')
  @UseGuards(RefusingGuard)
  @RequireQuota('dicom_processing')
  laterGuard(): void {}

  @Get('earlier-guard')
  @RequireQuota('dicom_processing')
  @UseGuards(RefusingGuard)
  earlierGuard(): void {}

  @Get('pipe/:id')
  @RequireQuota('dicom_processing')
  pipe(@Param('id', ParseIntPipe) id: number): object {
    return { id };
  }

  @Get('by-hand/:status')
  @RequireQuota('dicom_processing')
  byHand(@Param('status') status: string, @Res({ passthrough: true }) reply: Reply): object {
    reply.status(Number(status));
    return {};
  }

  @Get('own-answer/:status')
  @RequireQuota('dicom_processing')
  ownAnswer(@Param('status') status: string, @Res() reply: Reply): void {
    reply.status(Number(status)).send({ own: true });
  }

  @Get('waiting-guard')
  @UseGuards(WaitingGuard)
  @RequireQuota('dicom_processing')
  waitingGuard(): object {
    stage.ran += 1;
    return {};
  }

  @Get('guarded-twice')
  @UseGuards(QuotaGuard)
  @RequireQuota('dicom_processing')
  guardedTwice(): void {}

  @RequireQuota('dicom_processing')
  @Header('x-own', 'below')
  @HttpCode(202)
  @Get('decorated-below')
  decoratedBelow(): object {
    return {};
  }

  @Get('own-parameters/:id')
  @RequireQuota('dicom_processing')
  ownParameters(@Param('id') id: string, more = 'default', ...rest: unknown[]): object {
    return { id, more, rest };
  }

  @Get('observable/:outcome')
  @RequireQuota('dicom_processing')
  observable(@Param('outcome') outcome: string): Observable<object> {
    return outcome === 'fails' ? throwError(() => new Error('the job failed')) : of({ outcome });
  }

  @Get('defaults/:first/:second')
  @RequireQuota('dicom_processing')
  defaults(@Param('first') first = 'a', @Param('second') second = 'b'): object {
    return { first, second };
  }

  @Get('recovered/:how')
  @UseInterceptors(RecoveringInterceptor)
  @RequireQuota('dicom_processing')
  recovered(@Param('how') how: string): Observable<object> {
    const error = new Error('the job failed');
    if (how === 'thrown') throw error;
    return throwError(() => error);
  }

  @Get('own-head/:status')
  @RequireQuota('dicom_processing')
  ownHead(@Param('status') status: string, @Res() reply: Reply): void {
    reply.hijack?.();
    const response = reply.raw ?? (reply as unknown as ServerResponse);
    response.writeHead(Number(status), OWN_HEADERS).end('{}');
  }

  @Get('long/:outcome')
  @RequireQuota('dicom_processing')
  async long(@Param('outcome') outcome: string, @Res({ passthrough: true }) reply: Reply): Promise<object> {
    const response = reply.raw ?? (reply as unknown as ServerResponse);
    response.once('close', () => stage.connectionLost.give());
    await stage.gate.pass();
    if (outcome === 'fails') throw new Error('the job failed');
    stage.ran += 1;
    return {};
  }

  @Get('above-access')
  @RequireQuota('dicom_processing')
  @UseGuards(AccessGuard)
  @Access('user', { scope: 'quota:consume' })
  aboveAccess(): object {
    return {};
  }

  @Get('below-access')
  @Access('user', { scope: 'quota:consume' })
  @RequireQuota('dicom_processing')
  belowAccess(): object {
    return {};
  }

  @Post('nothing')
  @HttpCode(204)
  @RequireQuota('dicom_processing')
  nothing(): void {}

  @Get('free')
  free(): object {
    return {};
  }
}

/** The host's handlers live in a module that imports nothing of the package. */
@Module({ controllers: [JobsController] })
class JobsModule {}

export interface QuotaHost {
  url: string;
  /** The host's own documentation, as Swagger makes it of the handlers. */
  document(): OpenAPIObject;
  close(): Promise<void>;
}

/** A host of its own on the same database as `service`, which serves the accounts and plans. */
export async function startHost(
  service: CommercialApp,
  on: 'fastify' | 'express',
  { routes = false }: { routes?: boolean } = {},
): Promise<QuotaHost> {
  const dataSource = await createDataSource({ url: service.database.url, poolSize: 5 }).initialize();

  @Module({
    imports: [
      CommercialModule.forRoot({
        dataSource,
        clock: service.clock,
        jwt: { secret: JWT_KEY },
        publicUrl: 'http://127.0.0.1',
        routes,
      }),
      JobsModule,
    ],
  })
  class HostModule {}

  const adapter = on === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const host: INestApplication = await NestFactory.create(HostModule, adapter, { logger: false });
  await host.listen(0, '127.0.0.1');
  const { port } = host.getHttpServer().address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    document: () => SwaggerModule.createDocument(host, new DocumentBuilder().build()),
    close: async () => {
      await host.close();
      await dataSource.destroy();
    },
  };
}
