import type { INestApplication } from '@nestjs/common';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { openApiDocument } from './document';

/** Serves the interface for reading and trying out at `/api/docs`; everything on the page comes from the hub. */
export function serveDocs(app: INestApplication): void {
  // Made when it is asked for first. The package types OpenAPI 3.0 in full; it shows 3.1 as well.
  const makeDocument = () => openApiDocument() as unknown as OpenAPIObject;
  SwaggerModule.setup('api/docs', app, makeDocument, {
    raw: false,
    customSiteTitle: 'Hostdeck API',
    swaggerOptions: { validatorUrl: null, persistAuthorization: false },
  });
}
