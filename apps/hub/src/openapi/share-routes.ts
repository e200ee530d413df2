/** The routes of links that let whoever has them look. */
import {
  CreatedShareLinkSchema,
  listSchema,
  NewShareLinkSchema,
  OpenedShareLinkSchema,
  PageQuerySchema,
  ShareLinkSchema,
  ShareSecretSchema,
} from '@hostdeck/contracts';
import type { RouteDefinition } from './route';

export const SHARE_ROUTES = {
  createShareLink: {
    method: 'POST',
    path: '/api/share-links',
    access: 'admin',
    tag: 'share links',
    summary:
      'Make a link by which anybody who has it looks at a page; the only time its secret is shown',
    status: 201,
    body: NewShareLinkSchema,
    answer: CreatedShareLinkSchema,
  },
  listShareLinks: {
    method: 'GET',
    path: '/api/share-links',
    access: 'admin',
    tag: 'share links',
    summary: 'The links that let whoever has them look',
    status: 200,
    query: PageQuerySchema,
    answer: listSchema(ShareLinkSchema),
  },
  deleteShareLink: {
    method: 'DELETE',
    path: '/api/share-links/:id',
    access: 'admin',
    tag: 'share links',
    summary: 'Revoke a link; pages that were opened by it are closed at once',
    status: 204,
  },
  openShareLink: {
    method: 'POST',
    path: '/api/share/session',
    access: 'public',
    tag: 'share links',
    summary: 'Exchange the secret of a link for the session of a viewer',
    status: 200,
    body: ShareSecretSchema,
    answer: OpenedShareLinkSchema,
  },
} as const satisfies Readonly<Record<string, RouteDefinition>>;
