import { BadRequestException, type PipeTransform } from '@nestjs/common';

/** DICOM's person names have at most 64 characters (PS3.5 section 6.2). */
const MAX_NAME = 64;
const DATE = /^(\d{4})-?(\d{2})-?(\d{2})$/;

/** Accepts 1 to 64 printable characters. @throws BadRequestException */
export class PatientNamePipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (value.trim() === '' || [...value].length > MAX_NAME || /[\p{Cc}\p{Cs}]/u.test(value)) {
      throw new BadRequestException(`patientName must have 1 to ${MAX_NAME} printable characters`);
    }
    return value;
  }
}

/** Accepts a day of the calendar, as YYYYMMDD or YYYY-MM-DD, and gives the latter. @throws BadRequestException */
export class StudyDatePipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const [, year, month, day] = DATE.exec(value) ?? [];
    const date = `${year}-${month}-${day}`;
    // Date takes 31 February for 3 March: only a day that comes back unchanged exists.
    const parsed = new Date(`${date}T00:00:00Z`);
    if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date) {
      throw new BadRequestException('studyDate must be a day, as YYYYMMDD or YYYY-MM-DD');
    }
    return date;
  }
}

/** Accepts a number, or nothing. @throws BadRequestException */
export class ThresholdPipe implements PipeTransform<unknown, number | undefined> {
  transform(value: unknown): number | undefined {
    if (value === undefined) return undefined;
    const threshold = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
    if (!Number.isFinite(threshold)) throw new BadRequestException('threshold must be a number');
    return threshold;
  }
}
