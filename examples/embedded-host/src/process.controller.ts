import { Controller, Param, Post } from '@nestjs/common';
import { CurrentUser, RequireQuota, type AuthenticatedUser } from '@idoctor/commercial';

interface ProcessRequest {
  params: { patientName: string; studyDate: string };
}

@Controller()
export class ProcessController {
  @Post('process/:patientName/:studyDate')
  @RequireQuota<ProcessRequest>('dicom_processing', {
    cost: 1,
    resourceId: ({ params }) => `${params.patientName}_${params.studyDate}`,
  })
  process(@CurrentUser() user: AuthenticatedUser, @Param('patientName') patientName: string) {
    return { processed: patientName, accountId: user.accountId };
  }
}
