/** Every table of the main database; the vaults' table stands apart in `schema/vault.ts`. */

export * from './schema/calendar.ts';
export * from './schema/delegations.ts';
export * from './schema/exchanges.ts';
export * from './schema/notifications.ts';
export * from './schema/people.ts';
export * from './schema/placements.ts';
export * from './schema/platform.ts';
export * from './schema/reviews.ts';
export * from './schema/supervision.ts';
export * from './schema/training.ts';
export * from './schema/travel.ts';
