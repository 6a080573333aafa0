import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { institutionsOf } from '#app/people/access.ts';
import { searchTerm } from '#app/people/search-text.ts';
import { type Actor, actorPerson } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { nextReference } from '#app/platform/references.server.ts';
import type { Db, DbOrTx, Tx } from '#db/client.server.ts';
import { institution, person } from '#db/schema/people.ts';
import { type ThesisRole, thesis, thesisMember } from '#db/schema/supervision.ts';
import { demand } from './policy.ts';
import { judgeThesis, type People, type ThesisRow } from './thesis-row.ts';

export type ThesisImport = {
  /** References given, in the order of the rows. */
  imported: string[];
  /** Rows whose thesis is in the portal already: an import can be repeated. */
  known: number;
  /** Rows that were left out; `reason` is a key of `errors`. */
  problems: { row: number; reason: string }[];
};

/**
 * Brings theses in with their people, who are named by e-mail and must be in the portal already. Rows that are right are
 * taken, wrong ones are named; a title that is missing in one language stays missing and is shown so.
 *
 * @throws Refusal `forbidden`
 */
export async function importTheses(
  db: Db,
  actor: Actor,
  rows: readonly ThesisRow[],
  now = new Date(),
): Promise<ThesisImport> {
  demand('supervision.import', actor, { members: [] });
  return db.transaction(async (tx) => {
    // Two imports at once would both find a candidate without a thesis.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('import-theses', 0))`);
    const people = await peopleNamed(tx, rows);
    const known = await titlesByCandidate(
      tx,
      [...people.values()].map((one) => one.personId),
    );
    const result: ThesisImport = { imported: [], known: 0, problems: [] };
    for (const row of rows) {
      const judged = judgeThesis(row, people, known, (institutionId) => importsFor(actor, institutionId));
      if (judged === 'known') result.known += 1;
      else if ('problem' in judged) result.problems.push({ row: row.row, reason: judged.problem });
      else {
        known.set(judged.members.candidate.personId, judged.title);
        result.imported.push(await insertThesis(tx, actor, judged, now));
      }
    }
    return result;
  });
}

/** The system imports for everybody; a coordinator only theses in which their institution takes part. */
function importsFor(actor: Actor, institutionId: string): boolean {
  if (actor.kind === 'system') return true;
  return institutionsOf(actor, 'coordinator', 'institution-admin').includes(institutionId);
}

async function peopleNamed(db: DbOrTx, rows: readonly ThesisRow[]): Promise<People> {
  const addresses = rows.flatMap((row) => [row.candidate, row.supervisor, row.coSupervisor]);
  if (addresses.length === 0) return new Map();
  const found = await db
    .select({
      email: person.email,
      personId: person.id,
      institutionId: person.institutionId,
      side: institution.side,
    })
    .from(person)
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(inArray(person.email, [...new Set(addresses)]));
  return new Map(found.map(({ email, ...one }) => [(email ?? '').toLowerCase(), one]));
}

async function titlesByCandidate(db: DbOrTx, personIds: readonly string[]) {
  if (personIds.length === 0) return new Map();
  const found = await db
    .select({ personId: thesisMember.personId, title: thesis.title })
    .from(thesisMember)
    .innerJoin(thesis, eq(thesis.id, thesisMember.thesisId))
    .where(
      and(
        inArray(thesisMember.personId, [...personIds]),
        eq(thesisMember.role, 'candidate'),
        isNull(thesisMember.validUntil),
        isNull(thesis.endedOn),
      ),
    );
  return new Map(found.map(({ personId, title }) => [personId, title]));
}

type Judged = Exclude<ReturnType<typeof judgeThesis>, 'known' | { problem: string }>;

async function insertThesis(tx: Tx, actor: Actor, judged: Judged, now: Date): Promise<string> {
  const { members, title, area, startsOn, expectedDefenceOn } = judged;
  const reference = await nextReference(tx, 'TH', now.getUTCFullYear());
  const id = uuidv7();
  await tx.insert(thesis).values({
    id,
    reference,
    area,
    title,
    homeInstitutionId: members.candidate.institutionId,
    hostInstitutionId: members['co-supervisor'].institutionId,
    startsOn,
    expectedDefenceOn,
    search: searchTerm(`${reference} ${title.en} ${title.ru}`),
    createdBy: actorPerson(actor),
  });
  await tx.insert(thesisMember).values(
    (Object.entries(members) as [ThesisRole, Judged['members'][ThesisRole]][]).map(([role, member]) => ({
      ...member,
      thesisId: id,
      role,
      validFrom: startsOn,
    })),
  );
  await audit(tx, {
    code: 'thesis.import',
    actor,
    subject: { type: 'thesis', id },
    institutionId: members.candidate.institutionId,
    facts: { reference },
  });
  return reference;
}
