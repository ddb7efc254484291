import { Injectable } from '@nestjs/common';

/** Whether this process still wants requests. */
@Injectable()
export class Readiness {
  isLeaving = false;

  /** Whether this process was ready before. */
  wasReady = false;

  /** From now on `/health/ready` answers 503, so that the load balancer sends new requests elsewhere. */
  leave(): void {
    this.isLeaving = true;
  }
}
