import type { Role } from '@hostdeck/contracts';
import {
  applyDecorators,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import type { z } from 'zod';

/** One operation of the REST interface: where it is, who may use it, what goes in and what comes out. */
export interface RouteDefinition {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with `:name` parameters. */
  readonly path: string;
  /** The least role that may use it. */
  readonly access: 'public' | Role;
  /** Whether it takes an account: somebody who came by a shared link may not use it, whatever their role. */
  readonly needsAccount?: boolean;
  readonly summary: string;
  readonly tag: string;
  /** Status of the answer when all goes well. */
  readonly status: 200 | 201 | 204;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Shape of the answer; absent for an empty one. */
  readonly answer?: z.ZodType;
  /** Media type of an answer that is not JSON. */
  readonly mediaType?: string;
}

/** Where the guard finds a handler's route. */
export const ROUTE_METADATA = 'hostdeck:route';

/** Binds a controller's method to its row in the route table: path, method, status and right in one. */
export function Route(definition: RouteDefinition): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: definition.path, method: RequestMethod[definition.method] }),
    HttpCode(definition.status),
    SetMetadata(ROUTE_METADATA, definition),
  );
}
