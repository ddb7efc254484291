import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../auth/access/access.decorator.js';
import { ApiProblem } from '../../problems/api-problem.decorator.js';
import { invalidInput } from '../../problems/validation.pipe.js';
import { addMonths } from '../../time/periods.js';
import { ShiftedClock } from '../../time/shifted-clock.js';
import { ClockMoveDto, ClockDto, MovedClockDto } from './clock.dto.js';
import { TimeLapse } from './time-lapse.js';
import type { Sentence } from '../../problems/sentence.js';

const DAY_MS = 86_400_000;

const EXACTLY_ONE: Sentence = {
  en: 'give exactly one of now, advanceSeconds and advance',
  'zh-CN': 'now、advanceSeconds、advance 必须且只能提供一个',
};
const TOO_FAR: Sentence = {
  en: 'now must be at most ten years ahead',
  'zh-CN': 'now 最多比业务时间晚十年',
};

/** The business clock, for development and tests. Sessions, tokens and API keys keep the machine's time. */
@ApiTags('sandbox')
@Controller('sandbox/clock')
export class ClockController {
  constructor(
    private readonly clock: ShiftedClock,
    private readonly lapse: TimeLapse,
  ) {}

  @Get()
  @Access('admin')
  @ApiOperation({
    operationId: 'getSandboxClock',
    summary: 'Read the business time',
    description: 'Only while the sandbox serves.',
  })
  @ApiOkResponse({ type: ClockDto, description: 'The time.' })
  show(): ClockDto {
    return { now: this.clock.now(), shiftSeconds: Math.round(this.clock.shiftMs / 1000) };
  }

  @Post()
  @HttpCode(200)
  @Access('admin')
  @ApiOperation({
    operationId: 'moveSandboxClock',
    summary: 'Move the business time ahead',
    description:
      'Only while the sandbox serves. Everything that falls due on the way happens before the answer. Time never ' +
      'goes back. Other processes on the same database follow within half a second.',
  })
  @ApiOkResponse({ type: MovedClockDto, description: 'The time, and what happened.' })
  @ApiProblem('VALIDATION_FAILED')
  async move(@Body() body: ClockMoveDto): Promise<MovedClockDto> {
    const ran = await this.lapse.pass((now) => targetOf(body, now));
    return { ...this.show(), ran };
  }
}

/** @throws Problem VALIDATION_FAILED where the body names no time, several, or one that isn't ahead. */
function targetOf({ now: moment, advanceSeconds, advance }: ClockMoveDto, now: Date): Date {
  const named = [moment, advanceSeconds, advance].filter((value) => value != null);
  if (named.length !== 1) throw refusal(EXACTLY_ONE);
  if (moment != null) return ahead(new Date(moment), now);
  if (advanceSeconds != null) return new Date(now.getTime() + advanceSeconds * 1000);
  const { days = 0, months = 0 } = advance!;
  return new Date(addMonths(now, months).getTime() + days * DAY_MS);
}

function ahead(moment: Date, now: Date): Date {
  if (moment < now) throw refusal(past(now));
  if (moment > addMonths(now, 120)) throw refusal(TOO_FAR);
  return moment;
}

function past(now: Date): Sentence {
  const at = now.toISOString();
  return { en: `now must not be before the business time, ${at}`, 'zh-CN': `now 不能早于业务时间 ${at}` };
}

function refusal(message: Sentence) {
  return invalidInput([{ field: 'now', message }]);
}
