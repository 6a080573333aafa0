import type { Role } from '#db/schema/people.ts';
import type { Locale, Side } from '#db/schema/shared.ts';

export type Grant = { role: Role; institutionId: string; side: Side | null; effect: 'allow' | 'deny' };

/** A signed-in person with the grants that hold today. */
export type PersonActor = {
  kind: 'person';
  personId: string;
  accountId: string;
  institutionId: string;
  side: Side | null;
  grants: Grant[];
  locale: Locale;
  timeZone: string;
  /** When the password was last asked for. */
  confirmedAt: Date;
};

/** Whoever holds a link: one record, one act. */
export type LinkActor = {
  kind: 'link';
  linkId: string;
  act: string;
  subjectType: string;
  subjectId: string;
  personId: string | null;
};

/** The portal itself, in the job named. */
export type SystemActor = { kind: 'system'; job: string };

export type Actor = PersonActor | LinkActor | SystemActor;

/** The id under which an act of this actor stands in the audit log. */
export function actorId(actor: Actor): string {
  if (actor.kind === 'person') return actor.personId;
  return actor.kind === 'link' ? actor.linkId : actor.job;
}

/** The person behind the actor, null where none is known. */
export function actorPerson(actor: Actor): string | null {
  return actor.kind === 'system' ? null : actor.personId;
}

export const system = (job: string): SystemActor => ({ kind: 'system', job });
