import { Controller } from '@nestjs/common';
import { openApiDocument } from './document';
import { Route } from './route';
import { ROUTES } from './routes';

@Controller()
export class OpenApiController {
  private readonly document = openApiDocument();

  @Route(ROUTES.openapi)
  read(): object {
    return this.document;
  }
}
