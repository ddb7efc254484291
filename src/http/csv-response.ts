import type { ApiResponseOptions } from '@nestjs/swagger';

/** How the OpenAPI document describes a file made by csvFile. */
export const CSV_RESPONSE: ApiResponseOptions = {
  description: 'CSV in UTF-8 with a byte order mark and a line of headings; no cell is a formula.',
  content: { 'text/csv': { schema: { type: 'string' } } },
};
