/** Every table of the main database; the vaults' table stands apart in `schema/vault.ts`. */

export * from './schema/exchanges.ts';
export * from './schema/notifications.ts';
export * from './schema/people.ts';
export * from './schema/platform.ts';
export * from './schema/supervision.ts';
