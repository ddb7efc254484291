import { ApiProperty } from '@nestjs/swagger';

export class HealthDto {
  status: 'ok';
}

export class ReadinessDto extends HealthDto {
  /**
   * Whether the keys of each payment channel are right, as the channel answered. `unknown`: it did not answer, or has no
   * call for it.
   */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', enum: ['right', 'wrong', 'unknown'] },
    example: { alipay: 'right', wechat: 'unknown' },
  })
  channelKeys: Record<string, 'right' | 'wrong' | 'unknown'>;
}
