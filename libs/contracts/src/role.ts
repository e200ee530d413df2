// Apart from the schemas, so that the page knows the roles without taking those in.

/** Rights grow from left to right: a viewer reads, an operator also changes hosts and alerts, an admin also people and keys. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];
