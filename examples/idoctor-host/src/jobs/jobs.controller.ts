import {
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  UploadedFiles,
  UseFilters,
  UseInterceptors,
} from '@nestjs/common';
import { FilesInterceptor } from '@nestjs/platform-express';
import {
  Access,
  type AuthenticatedUser,
  CurrentHold,
  CurrentUser,
  type OpenHold,
  Problem,
  ProblemFilter,
  RequireQuota,
} from '@idoctor/commercial';
import type { UploadedFile } from '../process/process.controller.js';
import { PatientNamePipe, StudyDatePipe, ThresholdPipe } from '../process/study-parameters.js';
import { StudyProblemFilter } from '../process/study-problem.filter.js';
import { MAX_UPLOAD_BYTES } from '../process/upload-limit.js';
import { MOST } from './study-cost.js';
import type { JobState, Priority, StudyJob } from './study-job.js';
import { StudyJobs } from './study-jobs.js';

/** Long enough to wait for those before it, and to be processed. */
const HOLD_SECONDS = 3_600;

interface StudyRequest {
  params: { patientName: string; studyDate: string };
}

export type JobAnswer = { jobId: string; priority: Priority } & JobState;

@Controller()
@UseFilters(StudyProblemFilter, ProblemFilter)
export class JobsController {
  constructor(private readonly jobs: StudyJobs) {}

  /** The study is processed after the answer; `GET /jobs/:id` tells what has become of it. */
  @Post('studies/:patientName/:studyDate')
  @HttpCode(202)
  @RequireQuota('dicom_processing', {
    cost: MOST,
    hold: 'manual',
    holdSeconds: HOLD_SECONDS,
    resourceId: ({ params }: StudyRequest) => `${params.patientName}_${params.studyDate}`,
  })
  @UseInterceptors(FilesInterceptor('files', 1_000, { limits: { fileSize: MAX_UPLOAD_BYTES, fields: 0 } }))
  async add(
    @CurrentHold() hold: OpenHold,
    @Param('patientName', PatientNamePipe) patientName: string,
    @Param('studyDate', StudyDatePipe) studyDate: string,
    @Query('threshold', ThresholdPipe) threshold: number | undefined,
    @UploadedFiles() files: UploadedFile[] | undefined,
  ): Promise<JobAnswer & { patientName: string; studyDate: string }> {
    const contents = (files ?? []).map(({ buffer }) => buffer);
    const job = await this.jobs.add({ files: contents, threshold }, hold);
    return { patientName, studyDate, ...answerOf(job) };
  }

  @Get('jobs/:id')
  @Header('cache-control', 'no-store')
  @Access('user', { scope: 'quota:read' })
  show(@CurrentUser() user: AuthenticatedUser, @Param('id') id: string): JobAnswer {
    const job = this.jobs.find(user.accountId, id);
    if (!job) throw new Problem('NOT_FOUND', { params: { what: { en: 'job', 'zh-CN': '任务' } } });
    return answerOf(job);
  }
}

function answerOf({ id, priority, state }: StudyJob): JobAnswer {
  return { jobId: id, priority, ...state };
}
