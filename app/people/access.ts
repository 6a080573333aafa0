import type { Actor, PersonActor } from '#app/platform/actor.ts';
import type { Role } from '#db/schema/people.ts';
import type { Side } from '#db/schema/shared.ts';

/** A named question about an actor and a record. */
export type Predicate<R> = (actor: Actor, record: R) => boolean;

/** One row of the rights table: any `allow` opens, any `deny` closes, and deny is stronger. */
export type Rule<R> = { allow: Predicate<R>[]; deny?: Predicate<R>[] };

/** A room's rows of the rights table; `never`, because each row may be about another record. */
export type Rules = Record<string, Rule<never>>;

/**
 * Whether `actor` has the right on `record`. A `deny` grant at the institution in question is part of
 * the role predicates below, so it can never be outvoted by another grant of the same role.
 */
export function permits<R>(rule: Rule<R>, actor: Actor, record: R): boolean {
  if (rule.deny?.some((denied) => denied(actor, record))) return false;
  return rule.allow.some((allowed) => allowed(actor, record));
}

/** The institutions at which the actor holds one of `roles` today, without those where it is denied. */
export function institutionsOf(actor: Actor, ...roles: Role[]): string[] {
  if (actor.kind !== 'person') return [];
  const denied = (role: Role, institutionId: string) =>
    actor.grants.some((g) => g.effect === 'deny' && g.role === role && g.institutionId === institutionId);
  const held = actor.grants.filter(
    (g) => g.effect === 'allow' && roles.includes(g.role) && !denied(g.role, g.institutionId),
  );
  return [...new Set(held.map((g) => g.institutionId))];
}

/** The sides for which the actor holds one of `roles` today, at whichever of their institutions. */
export function sidesOf(actor: Actor, ...roles: Role[]): Side[] {
  if (actor.kind !== 'person') return [];
  const held = institutionsOf(actor, ...roles);
  return [
    ...new Set(actor.grants.flatMap((g) => (g.side && held.includes(g.institutionId) ? [g.side] : []))),
  ];
}

/** Any signed-in person: the “applicant” of DESIGN §6. */
export const isSignedIn: Predicate<unknown> = (actor) => actor.kind === 'person';

/** Holds one of the roles anywhere. */
export const holds =
  (...roles: Role[]): Predicate<unknown> =>
  (actor) =>
    institutionsOf(actor, ...roles).length > 0;

/** Holds one of the roles at the institution the record names: the pen of that party. */
export const holdsAt =
  <R>(roles: Role | Role[], institutionOf: (record: R) => string | null): Predicate<R> =>
  (actor, record) => {
    const institutionId = institutionOf(record);
    return institutionId !== null && institutionsOf(actor, ...[roles].flat()).includes(institutionId);
  };

/** Is the person the record names. */
export const isPerson =
  <R>(personOf: (record: R) => string | null): Predicate<R> =>
  (actor, record) =>
    actor.kind === 'person' && actor.personId === personOf(record);

export const isSystem: Predicate<unknown> = (actor) => actor.kind === 'system';

/** All of the predicates hold. */
export const all =
  <R>(...predicates: Predicate<R>[]): Predicate<R> =>
  (actor, record) =>
    predicates.every((predicate) => predicate(actor, record));

/** The roles held today, for navigation and for the demand of a second factor. */
export function rolesOf(actor: PersonActor): Role[] {
  return [...new Set(actor.grants.filter((g) => g.effect === 'allow').map((g) => g.role))];
}
