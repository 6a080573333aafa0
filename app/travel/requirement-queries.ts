import { and, asc, eq, inArray, or } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { tFor } from '#app/platform/i18n.server.ts';
import { forbidden, notFound } from '#app/platform/outcome.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import { requirement } from '#db/schema/travel.ts';
import { DEFAULTS } from './requirements.ts';
import type { Requirement } from './trip-requirement.ts';

type Row = typeof requirement.$inferSelect;

let defaults: readonly Requirement[] | undefined;

/** The portal's own definitions with their words. */
export function defaultRequirements(): readonly Requirement[] {
  defaults ??= DEFAULTS.map(({ sourced, ...one }) => ({
    ...one,
    title: inBoth(`travel:requirement.${one.code}`),
    source: sourced ? inBoth(`travel:source.${one.code}`) : null,
  }));
  return defaults;
}

function inBoth(key: string): LocalizedText {
  const say = (locale: 'en' | 'ru') => (tFor(locale) as unknown as (key: string) => string)(key);
  return { en: say('en'), ru: say('ru') };
}

type Parties = { homeInstitutionId: string; hostInstitutionId: string };

/**
 * What journeys need: each party defines what it sees to, and the portal's default stands where it says nothing. One
 * query however many journeys there are; journeys between the same institutions share their list.
 */
export async function requirementsFor(
  db: DbOrTx,
  journeys: readonly Parties[],
): Promise<(journey: Parties) => readonly Requirement[]> {
  const homes = [...new Set(journeys.map((one) => one.homeInstitutionId))];
  const hosts = [...new Set(journeys.map((one) => one.hostInstitutionId))];
  const rows =
    journeys.length === 0
      ? []
      : await db
          .select()
          .from(requirement)
          .where(
            or(
              and(inArray(requirement.institutionId, homes), eq(requirement.party, 'home')),
              and(inArray(requirement.institutionId, hosts), eq(requirement.party, 'host')),
            ),
          )
          .orderBy(asc(requirement.id));
  const lists = new Map<string, readonly Requirement[]>();
  return ({ homeInstitutionId, hostInstitutionId }) => {
    const key = `${homeInstitutionId} ${hostInstitutionId}`;
    const made =
      lists.get(key) ??
      withOwn(
        rows.filter(
          (row) => row.institutionId === (row.party === 'home' ? homeInstitutionId : hostInstitutionId),
        ),
      );
    lists.set(key, made);
    return made;
  };
}

/** The defaults in their order, an institution's row in place of its default, then what was added. */
function withOwn(rows: readonly Row[]): readonly Requirement[] {
  const own = new Map(rows.map((row) => [row.code, asRequirement(row)]));
  const known = defaultRequirements();
  const codes = new Set(known.map((one) => one.code));
  return [
    ...known.map((one) => own.get(one.code) ?? one),
    ...[...own.values()].filter((one) => !codes.has(one.code)),
  ];
}

function asRequirement(row: Row): Requirement {
  const { code, title, owner, party, leadDays, leadUnit, after, limits, source, sourceOn, active } = row;
  const { purposes, homeSides: homes, hostSides: hosts, visaRoutes, minDays } = row;
  const applies = { purposes, homes, hosts, visaRoutes, minDays };
  return { code, title, owner, party, leadDays, leadUnit, applies, after, limits, source, sourceOn, active };
}

/** A definition as its administrator sees it. */
export type Definition = Requirement & {
  /** `default`: the portal's; `changed`: the institution's in its place; `added`: the institution's own. */
  origin: 'default' | 'changed' | 'added';
  /** Of the institution's row; null where it has none. */
  revision: string | null;
};

/**
 * The institution whose definitions the actor edits: the one asked for, or the first they administer.
 *
 * @throws Refusal `forbidden` for who administers none, `not-found` for one that is not theirs
 */
export async function administered(db: DbOrTx, actor: PersonActor, asked?: string | null) {
  const ids = institutionsOf(actor, 'institution-admin');
  if (ids.length === 0) throw forbidden();
  const places = await db
    .select()
    .from(institution)
    .where(inArray(institution.id, ids))
    .orderBy(asc(institution.code));
  const chosen = asked ? places.find((one) => one.code === asked) : places[0];
  if (!chosen) throw notFound();
  return { places, chosen };
}

/** Every definition of an institution: what it says for those it sends and those it receives. */
export async function definitionsOf(db: DbOrTx, institutionId: string): Promise<Definition[]> {
  const rows = await db
    .select()
    .from(requirement)
    .where(eq(requirement.institutionId, institutionId))
    .orderBy(asc(requirement.id));
  const revisions = new Map(rows.map((row) => [row.code, row.revision]));
  const codes = new Set(DEFAULTS.map((one) => one.code));
  return withOwn(rows).map((one) => ({
    ...one,
    origin: !revisions.has(one.code) ? 'default' : codes.has(one.code) ? 'changed' : 'added',
    revision: revisions.get(one.code) ?? null,
  }));
}

/** @throws Refusal `not-found` */
export async function definitionOf(db: DbOrTx, institutionId: string, code: string): Promise<Definition> {
  const found = (await definitionsOf(db, institutionId)).find((one) => one.code === code);
  if (!found) throw notFound();
  return found;
}
