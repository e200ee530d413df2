import {
  CreatedEnrollmentTokenSchema,
  EnrolledSchema,
  EnrollmentTokenSchema,
  EnrollSchema,
  listSchema,
  NewEnrollmentTokenSchema,
  PageQuerySchema,
} from '@hostdeck/contracts';
import { z } from 'zod';
import type { RouteDefinition } from './route';

/** How hosts join. */
export const ENROLLMENT_ROUTES = {
  createEnrollmentToken: {
    method: 'POST',
    path: '/api/enrollment-tokens',
    access: 'operator',
    tag: 'enrollment',
    summary: 'Make a join token; the only time its secret is shown',
    status: 201,
    body: NewEnrollmentTokenSchema,
    answer: CreatedEnrollmentTokenSchema,
  },
  listEnrollmentTokens: {
    method: 'GET',
    path: '/api/enrollment-tokens',
    access: 'operator',
    tag: 'enrollment',
    summary: 'The join tokens that can still be used',
    status: 200,
    query: PageQuerySchema,
    answer: listSchema(EnrollmentTokenSchema),
  },
  deleteEnrollmentToken: {
    method: 'DELETE',
    path: '/api/enrollment-tokens/:id',
    access: 'operator',
    tag: 'enrollment',
    summary: 'Revoke a join token',
    status: 204,
  },
  enroll: {
    method: 'POST',
    path: '/api/enroll',
    access: 'public',
    tag: 'enrollment',
    summary: 'Join as a host, with a join token; sent by agents',
    status: 201,
    body: EnrollSchema,
    answer: EnrolledSchema,
  },
  agentProgram: {
    method: 'GET',
    path: '/api/agent/main.js',
    access: 'public',
    tag: 'enrollment',
    summary: 'The agent: one file to run with Node',
    status: 200,
    answer: z.string(),
    mediaType: 'text/javascript',
  },
} as const satisfies Record<string, RouteDefinition>;
