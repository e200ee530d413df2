/** The operations on boards: part of the route table. */
import { BoardContentSchema, BoardSchema, listSchema } from '@hostdeck/contracts';
import type { RouteDefinition } from './route';

export const BOARD_ROUTES = {
  listBoards: {
    method: 'GET',
    path: '/api/boards',
    access: 'viewer',
    tag: 'boards',
    summary: 'Your own boards and those that are shared',
    status: 200,
    answer: listSchema(BoardSchema),
  },
  readBoard: {
    method: 'GET',
    path: '/api/boards/:id',
    access: 'viewer',
    tag: 'boards',
    summary: 'One of your own boards, or a shared one',
    status: 200,
    answer: BoardSchema,
  },
  createBoard: {
    method: 'POST',
    path: '/api/boards',
    access: 'viewer',
    needsAccount: true,
    tag: 'boards',
    summary: 'Keep a board; one that everybody sees needs an operator',
    status: 201,
    body: BoardContentSchema,
    answer: BoardSchema,
  },
  changeBoard: {
    method: 'PUT',
    path: '/api/boards/:id',
    access: 'viewer',
    needsAccount: true,
    tag: 'boards',
    summary: 'Replace a board of your own; a shared one needs an operator',
    status: 200,
    body: BoardContentSchema,
    answer: BoardSchema,
  },
  removeBoard: {
    method: 'DELETE',
    path: '/api/boards/:id',
    access: 'viewer',
    needsAccount: true,
    tag: 'boards',
    summary: 'Remove a board of your own; a shared one needs an operator',
    status: 204,
  },
} as const satisfies Readonly<Record<string, RouteDefinition>>;
