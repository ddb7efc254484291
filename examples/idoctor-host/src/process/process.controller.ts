import {
  Controller,
  HttpCode,
  Param,
  Post,
  Query,
  UploadedFiles,
  UseFilters,
  UseInterceptors,
} from '@nestjs/common';
import { FilesInterceptor } from '@nestjs/platform-express';
import { type AuthenticatedUser, CurrentUser, RequireQuota } from '@idoctor/commercial';
import { StudyProcessor } from '../dicom/study-processor.js';
import type { StudyFacts } from '../dicom/study.js';
import { PatientNamePipe, StudyDatePipe, ThresholdPipe } from './study-parameters.js';
import { StudyProblemFilter } from './study-problem.filter.js';
import { MAX_UPLOAD_BYTES } from './upload-limit.js';

/** What is used of multer's file. */
export interface UploadedFile {
  buffer: Buffer;
}

interface ProcessRequest {
  params: { patientName: string; studyDate: string };
}

/** The answer to a processed study. */
export interface ProcessAnswer {
  patientName: string;
  studyDate: string;
  processedFor: string;
  study: StudyFacts;
  /** The middle slice as a PNG, as a data URL. */
  preview: string;
}

@Controller()
@UseFilters(StudyProblemFilter)
export class ProcessController {
  constructor(private readonly processor: StudyProcessor) {}

  /** Measures the DICOM files of one series, uploaded as `files`; each call costs one of the caller's quota. */
  @Post('process/:patientName/:studyDate')
  @HttpCode(200)
  @RequireQuota('dicom_processing', {
    cost: 1,
    resourceId: ({ params }: ProcessRequest) => `${params.patientName}_${params.studyDate}`,
  })
  @UseInterceptors(FilesInterceptor('files', 1_000, { limits: { fileSize: MAX_UPLOAD_BYTES, fields: 0 } }))
  async process(
    @CurrentUser() user: AuthenticatedUser,
    @Param('patientName', PatientNamePipe) patientName: string,
    @Param('studyDate', StudyDatePipe) studyDate: string,
    @Query('threshold', ThresholdPipe) threshold: number | undefined,
    @UploadedFiles() files: UploadedFile[] | undefined,
  ): Promise<ProcessAnswer> {
    const contents = (files ?? []).map(({ buffer }) => buffer);
    const { facts, preview } = await this.processor.process(
      contents,
      threshold === undefined ? {} : { threshold },
    );
    return {
      patientName,
      studyDate,
      processedFor: user.accountId,
      study: facts,
      preview: `data:image/png;base64,${Buffer.from(preview).toString('base64')}`,
    };
  }
}
