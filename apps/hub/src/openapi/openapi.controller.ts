import { Controller } from '@nestjs/common';
import { openApiDocument } from './document';
import { Route } from './route';
import { ROUTES } from './routes';

@Controller()
export class OpenApiController {
  /** Made when it is asked for first: few hubs ever are, and all would hold its megabytes. */
  private document: object | null = null;

  @Route(ROUTES.openapi)
  read(): object {
    this.document ??= openApiDocument();
    return this.document;
  }
}
