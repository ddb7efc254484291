export class FrontDoorDto {
  /**
   * Swagger UI.
   * @example /docs
   */
  documentation: string;

  /**
   * The OpenAPI document.
   * @example /docs-json
   */
  openapi: string;

  /**
   * Whether the service can serve.
   * @example /health/ready
   */
  health: string;
}
