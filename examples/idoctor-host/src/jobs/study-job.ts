import type { OpenHold } from '@idoctor/commercial';
import type { StudyFacts } from '../dicom/study.js';

/** A plan's feature `priority`, the most urgent one first. */
export const PRIORITIES = ['high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What the client asked for. */
export interface StudyOrder {
  files: readonly Uint8Array[];
  threshold: number | undefined;
}

export interface StudyResult {
  /** What the study cost in the end. */
  cost: number;
  study: StudyFacts;
  /** The middle slice as a PNG, as a data URL. */
  preview: string;
}

export interface StudyFault {
  code: string;
  detail: string;
}

/** What has become of a job. A failed one cost nothing. */
export type JobState =
  | { status: 'waiting' | 'running' }
  | ({ status: 'done' } & StudyResult)
  | { status: 'failed'; problem: StudyFault };

export interface StudyJob {
  /** The hold's id too, and so the usage log's. */
  readonly id: string;
  readonly accountId: string;
  readonly priority: Priority;
  readonly hold: OpenHold;
  /** Null once it has run: only the result is kept. */
  order: StudyOrder | null;
  state: JobState;
}

/** Of whatever stands in the plan. */
export function priorityOf(feature: unknown): Priority {
  return PRIORITIES.find((priority) => priority === feature) ?? 'low';
}
