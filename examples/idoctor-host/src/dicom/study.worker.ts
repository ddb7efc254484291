import { parentPort, workerData } from 'node:worker_threads';
import { InvalidStudyError } from './invalid-study.error.js';
import type { StudyAnswer, StudyRequest } from './study-processor.js';
import { processStudy } from './study.js';

function answer({ files, options }: StudyRequest): StudyAnswer {
  try {
    return { study: processStudy(files, options) };
  } catch (error) {
    if (error instanceof InvalidStudyError) return { invalid: { code: error.code, message: error.message } };
    throw error;
  }
}

parentPort?.postMessage(answer(workerData as StudyRequest));
