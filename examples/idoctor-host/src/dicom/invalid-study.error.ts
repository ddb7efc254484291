/**
 * Why a study cannot be processed:
 * `EMPTY` nothing was sent · `NOT_DICOM` a file is not DICOM · `CORRUPT` it is DICOM, but broken or cut off ·
 * `UNSUPPORTED` a form of DICOM that is not read here · `MIXED_SERIES` the files are not one volume ·
 * `TOO_LARGE` more pixels than the limit · `TOO_COSTLY` more time or memory than the limit.
 */
export type InvalidStudyCode =
  'EMPTY' | 'NOT_DICOM' | 'CORRUPT' | 'UNSUPPORTED' | 'MIXED_SERIES' | 'TOO_LARGE' | 'TOO_COSTLY';

/** The sender's files are at fault, not the service: answer 4xx. The message is fit to be shown. */
export class InvalidStudyError extends Error {
  constructor(code: InvalidStudyCode, message: string) {
    super(message);
    this.name = 'InvalidStudyError';
    this.code = code;
  }

  readonly code: InvalidStudyCode;
}
