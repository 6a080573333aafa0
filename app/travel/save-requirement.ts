import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, notFound, stale } from '#app/platform/outcome.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import { requirement } from '#db/schema/travel.ts';
import { travelRules } from './policy.ts';
import type { RequirementInput } from './requirement-form.ts';
import { definitionOf, definitionsOf } from './requirement-queries.ts';
import type { Requirement } from './trip-requirement.ts';

type Where = { institutionId: string; code: string };

/**
 * Changes what an institution asks for: its own row stands from now on in place of the portal's default. Whom it applies
 * to beyond purpose and length, what it follows on and how long a paper must be valid stay as they are.
 *
 * @param revision of the row the form showed; null where it showed the default.
 * @throws Refusal `forbidden`, `not-found`, `stale`, `invalid` (`travel.requirementOwner`: a duty of the other party)
 */
export async function saveRequirement(
  db: Db,
  actor: PersonActor,
  where: Where,
  input: RequirementInput,
  revision: string | null,
): Promise<void> {
  if (!permits(travelRules['travel.define'], actor, where)) throw forbidden();
  await db.transaction(async (tx) => {
    const standing = await heldDefinition(tx, where, revision);
    const columns = columnsOf(input, standing, actor);
    const id = { institutionId: where.institutionId, code: standing.code };
    if (standing.revision === null) {
      const made = await tx
        .insert(requirement)
        .values({ ...columns, ...id })
        .onConflictDoNothing()
        .returning();
      // Somebody else was first to change the default.
      if (made.length === 0) throw stale();
    } else await tx.update(requirement).set(columns).where(rowOf(where));
    await record(tx, actor, 'requirement.changed', where, columns);
  });
}

/**
 * Takes an institution's row away, so that the portal's default stands again.
 *
 * @throws Refusal `forbidden`, `not-found` where there is no default to come back to, `stale`
 */
export async function restoreRequirement(
  db: Db,
  actor: PersonActor,
  where: Where,
  revision: string | null,
): Promise<void> {
  if (!permits(travelRules['travel.define'], actor, where)) throw forbidden();
  await db.transaction(async (tx) => {
    const standing = await heldDefinition(tx, where, revision);
    if (standing.origin !== 'changed') throw notFound();
    await tx.delete(requirement).where(rowOf(where));
    await record(tx, actor, 'requirement.restored', where, standing);
  });
}

/**
 * Adds a requirement of an institution's own, for those it sends or for those it receives.
 *
 * @returns its code, made of the institution's and the English title.
 * @throws Refusal `forbidden`, `not-found`, `invalid` (`travel.requirementTwice`, `travel.requirementOwner`)
 */
export async function addRequirement(
  db: Db,
  actor: PersonActor,
  institutionId: string,
  input: RequirementInput & { party: 'home' | 'host' },
): Promise<string> {
  if (!permits(travelRules['travel.define'], actor, { institutionId })) throw forbidden();
  return db.transaction(async (tx) => {
    const [place] = await tx
      .select()
      .from(institution)
      .where(eq(institution.id, institutionId))
      .for('update');
    if (!place) throw notFound();
    const code = codeOf(place.code, input.title.en);
    const where = { institutionId, code };
    if ((await definitionsOf(tx, institutionId)).some((one) => one.code === code)) {
      throw invalid('invalid', { fields: { 'title.en': ['travel.requirementTwice'] } });
    }
    const bare = { party: input.party, applies: {}, after: [], limits: {} };
    const columns = columnsOf(input, bare, actor);
    await tx.insert(requirement).values({ ...columns, ...where });
    await record(tx, actor, 'requirement.added', where, columns);
    return code;
  });
}

const rowOf = ({ institutionId, code }: Where) =>
  and(eq(requirement.institutionId, institutionId), eq(requirement.code, code));

/** The definition that stands, its row held; a form that showed another one is stale. */
async function heldDefinition(tx: Tx, where: Where, revision: string | null) {
  await tx.select({ id: requirement.id }).from(requirement).where(rowOf(where)).for('update');
  const standing = await definitionOf(tx, where.institutionId, where.code);
  if (standing.revision !== revision) throw stale();
  return standing;
}

function columnsOf(
  input: RequirementInput,
  standing: Pick<Requirement, 'party' | 'applies' | 'after' | 'limits'>,
  actor: PersonActor,
) {
  const { title, owner, leadDays, leadUnit, purposes, minDays, source, sourceOn, active } = input;
  const { party, applies, after, limits } = standing;
  if (owner !== 'traveller' && owner !== party) {
    throw invalid('invalid', { fields: { owner: ['travel.requirementOwner'] } });
  }
  return {
    party,
    title,
    owner,
    leadDays,
    leadUnit,
    purposes,
    minDays,
    homeSides: listOf(applies.homes),
    hostSides: listOf(applies.hosts),
    visaRoutes: listOf(applies.visaRoutes),
    after: [...after],
    limits,
    source: source.en === '' ? null : source,
    sourceOn,
    active,
    updatedBy: actor.personId,
    updatedAt: new Date(),
    revision: uuidv7(),
  };
}

const listOf = <T>(of: readonly T[] | null | undefined): T[] | null => (of ? [...of] : null);

async function record(
  tx: Tx,
  actor: PersonActor,
  code: string,
  { institutionId, code: of }: Where,
  { leadDays, active }: Pick<Requirement, 'leadDays' | 'active'>,
): Promise<void> {
  await audit(tx, {
    code,
    actor,
    subject: { type: 'institution', id: institutionId },
    institutionId,
    facts: { requirement: of, leadDays, active },
  });
}

const LONGEST = 40;

/** “Medical certificate” of GIREDMET becomes `giredmet-medical-certificate`. */
function codeOf(institutionCode: string, title: string): string {
  const slug = (text: string) =>
    text
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '');
  const words = slug(title).slice(0, LONGEST).replace(/-+$/, '');
  return [slug(institutionCode).slice(0, 20), words || 'requirement'].join('-');
}
