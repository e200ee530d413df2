import { HOSTDECK_VERSION, ProblemSchema } from '@hostdeck/contracts';
import { z } from 'zod';
import type { RouteDefinition } from './route';
import { ROUTES } from './routes';

type Json = Record<string, unknown>;

function toJsonSchema(schema: z.ZodType): Json {
  const json: Json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  delete json.$schema;
  return json;
}

const PROBLEM = {
  description: 'A problem document (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function parametersOf({ path, query }: RouteDefinition): Json[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  if (query === undefined) return inPath;
  const { properties = {}, required = [] } = toJsonSchema(query) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  return [...inPath, ...inQuery];
}

function toOperation(id: string, route: RouteDefinition): Json {
  const { access, answer, body, mediaType = 'application/json' } = route;
  const content =
    answer === undefined ? {} : { content: { [mediaType]: { schema: toJsonSchema(answer) } } };
  return {
    operationId: id,
    summary: route.summary,
    description:
      access === 'public'
        ? 'Open to everybody.'
        : `Needs the role ${access}${route.needsAccount === true ? '; not open to shared links' : ''}.`,
    tags: [route.tag],
    security: access === 'public' ? [] : [{ session: [] }, { token: [] }],
    parameters: parametersOf(route),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: toJsonSchema(body) } },
          },
        }),
    responses: { [route.status]: { description: 'Done', ...content }, default: PROBLEM },
  };
}

/** The OpenAPI 3.1 document of the whole REST interface, from the route table. */
export function openApiDocument(): Json & { openapi: string; paths: Record<string, Json> } {
  const paths: Record<string, Json> = {};
  for (const [id, route] of Object.entries(ROUTES)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: toOperation(id, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hostdeck',
      version: HOSTDECK_VERSION,
      description:
        'Times are ms since the epoch, sizes bytes, shares percent. `null` is unknown. Errors are problem documents (RFC 9457).',
    },
    paths,
    components: {
      schemas: { Problem: toJsonSchema(ProblemSchema) },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'hostdeck_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
