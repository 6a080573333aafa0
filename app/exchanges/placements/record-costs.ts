import { and, asc, eq, inArray } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import type { Db, DbOrTx } from '#db/client.server.ts';
import { placementCost } from '#db/schema/placements.ts';
import { version } from '#db/schema/platform.ts';
import { keepForClosing, lockForClosing } from './closing-lock.ts';
import { amountOf } from './money.ts';
import type { Placement } from './placement-scope.ts';
import { placementRules } from './policy.ts';
import type { Payer, ProgrammeContent, ProgrammeCost } from './programme-content.ts';

/** What was spent, by heading. */
export async function costsOf(db: DbOrTx, placementId: string) {
  return db
    .select()
    .from(placementCost)
    .where(eq(placementCost.placementId, placementId))
    .orderBy(asc(placementCost.heading));
}

/** The costs the signed programme planned. */
export async function plannedCosts(db: DbOrTx, record: Placement): Promise<ProgrammeCost[]> {
  if (record.programmeVersionId === null) return [];
  const [signed] = await db.select().from(version).where(eq(version.id, record.programmeVersionId));
  return signed ? (signed.content as ProgrammeContent).costs : [];
}

/** The payers whose costs the actor writes down: each institution its own. */
export function payersOf(actor: PersonActor, record: Placement): Payer[] {
  const held: Payer[] = [];
  if (permits(placementRules['placements.homeCosts'], actor, record)) held.push('home');
  if (permits(placementRules['placements.hostCosts'], actor, record)) held.push('host');
  return held;
}

/**
 * The coordinator of the institution that pays writes down what was spent under each heading of the signed programme,
 * in the currency planned there. An empty field takes the entry back.
 *
 * @param input.amounts what was typed, by heading.
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` at the heading whose amount is none
 */
export async function recordCosts(
  db: Db,
  actor: PersonActor,
  input: { reference: string; revision: string; amounts: Record<string, string> },
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockForClosing(tx, actor, input, 'placements.signClosing');
    const payers = payersOf(actor, record);
    if (payers.length === 0) throw forbidden();
    const planned = (await plannedCosts(tx, record)).filter((one) => payers.includes(one.payer));
    const fields: Record<string, string[]> = {};
    const rows = planned.flatMap(({ heading, currency, payer }) => {
      const typed = input.amounts[heading]?.trim() ?? '';
      const amount = typed === '' ? null : amountOf(typed);
      if (typed !== '' && amount === null) fields[`amount.${heading}`] = ['placements.notAnAmount'];
      return [{ heading, currency, payer, amount }];
    });
    if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
    const own = rows.map(({ heading }) => heading);
    await tx
      .delete(placementCost)
      .where(and(eq(placementCost.placementId, record.id), inArray(placementCost.heading, own)));
    const given = rows.flatMap(({ heading, currency, payer, amount }) => {
      const institutionId = payer === 'home' ? record.homeInstitutionId : record.hostInstitutionId;
      const entry = { placementId: record.id, heading, currency, institutionId, recordedBy: actor.personId };
      return amount === null ? [] : [{ ...entry, amount }];
    });
    if (given.length > 0) await tx.insert(placementCost).values(given);
    await keepForClosing(tx, record, {});
    await audit(tx, {
      code: 'placement.costs',
      actor,
      subject: { type: 'placement', id: record.id },
      institutionId: payers[0] === 'home' ? record.homeInstitutionId : record.hostInstitutionId,
      facts: { given: given.length },
    });
  });
}
