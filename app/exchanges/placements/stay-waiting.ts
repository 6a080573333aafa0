import {
  and,
  asc,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  lte,
  ne,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { institutionsOf } from '#app/people/access.ts';
import { personName } from '#app/people/person-name.ts';
import { nameColumns } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { WaitingTask } from '#app/platform/room.ts';
import { calendarDateOf } from '#app/ui/format-when.ts';
import type { Db } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { person } from '#db/schema/people.ts';
import { placement, placementDuty, placementRefusal, placementRequest } from '#db/schema/placements.ts';
import { signature, version } from '#db/schema/platform.ts';
import type { DutyCode } from './duties.ts';
import type { Placement } from './placement-scope.ts';
import { CLOSING, PROGRAMME } from './programme-versions.ts';
import { PAGE_OF } from './stay-turn.ts';

/** More than a person decides in a sitting. */
const SHOWN = 20;

/** Each of a stay's tasks, with the page on which it is done. */
type Act = 'write' | 'prepare' | 'confirmArrival' | 'confirmDeparture' | 'report' | 'evaluate' | 'close';

/** What waits for a person in stays: to write, to sign, to confirm, to decide, to report, to close. */
export async function stayTasks(db: Db, actor: PersonActor, now: Date): Promise<WaitingTask[]> {
  const [steps, signing, closing, duties, requests] = await Promise.all([
    stepsToTake(db, actor, now),
    versionsToSign(db, actor, PROGRAMME),
    versionsToSign(db, actor, CLOSING),
    dutiesToDo(db, actor),
    requestsToDecide(db, actor),
  ]);
  return [...steps, ...signing, ...closing, ...duties, ...requests];
}

const coordinatedAt = (column: AnyPgColumn, actor: PersonActor): SQL => {
  const coordinated = institutionsOf(actor, 'coordinator');
  return coordinated.length > 0 ? inArray(column, coordinated) : sql`false`;
};

/** Nobody decides their own stay, whatever they hold. */
const others = (actor: PersonActor) => ne(placement.participantId, actor.personId);

/** The version of a stay's text that is laid and neither in force nor sent back. */
function pendingOf(db: Db, subject: string) {
  return db
    .select({ id: version.id })
    .from(version)
    .where(and(eq(version.subjectId, placement.id), isPending(db, subject)));
}

function isPending(db: Db, subject: string): SQL | undefined {
  const refused = db
    .select({ id: placementRefusal.id })
    .from(placementRefusal)
    .where(eq(placementRefusal.versionId, version.id));
  return and(
    eq(version.subjectType, subject),
    isNull(version.supersededAt),
    sql`${version.id} is distinct from ${placement.programmeVersionId}`,
    notExists(refused),
  );
}

async function stepsToTake(db: Db, actor: PersonActor, now: Date): Promise<WaitingTask[]> {
  const own = eq(placement.participantId, actor.personId);
  const receives = and(eq(placement.hostSupervisorId, actor.personId), others(actor));
  const hosts = and(coordinatedAt(placement.hostInstitutionId, actor), others(actor));
  const today = calendarDateOf(now, actor.side ?? 'ru');
  const acts: Record<Act, SQL | undefined> = {
    write: and(eq(placement.state, 'programme'), or(own, receives), notExists(pendingOf(db, PROGRAMME))),
    prepare: and(eq(placement.state, 'preparing'), own, sql`${placement.startsOn} > ${today}`),
    confirmArrival: and(eq(placement.state, 'preparing'), hosts, lte(placement.startsOn, today)),
    confirmDeparture: and(eq(placement.state, 'stay'), hosts, lte(placement.endsOn, today)),
    report: and(eq(placement.state, 'returned'), own, isNull(placement.reportedAt)),
    evaluate: and(eq(placement.state, 'returned'), receives, isNull(placement.evaluatedAt)),
    close: and(
      eq(placement.state, 'returned'),
      or(
        coordinatedAt(placement.homeInstitutionId, actor),
        coordinatedAt(placement.hostInstitutionId, actor),
      ),
      others(actor),
      isNotNull(placement.reportedAt),
      isNotNull(placement.evaluatedAt),
      notExists(pendingOf(db, CLOSING)),
    ),
  };
  const rows = await Promise.all(
    (Object.keys(acts) as Act[]).map(async (act) => ({ act, found: await stays(db, acts[act]) })),
  );
  return rows.flatMap(({ act, found }) =>
    found.map((row) => ({
      text: `placements:waiting.${act}`,
      params: { name: personName(row, actor.locale), title: row.title },
      note: row.record.reference,
      href: `/exchanges/${row.record.reference}${act === 'close' ? PAGE_OF.layClosing : PAGE_OF[act]}`,
      side: actor.side,
      due: row.record.dueAt,
    })),
  );
}

async function stays(db: Db, where: SQL | undefined) {
  return db
    .select({ record: placement, title: application.title, ...nameColumns })
    .from(placement)
    .innerJoin(application, eq(application.id, placement.applicationId))
    .innerJoin(person, eq(person.id, placement.participantId))
    .where(where)
    .orderBy(asc(placement.dueAt), asc(placement.id))
    .limit(SHOWN);
}

/** Versions that lack the signature which is the actor's to give. */
async function versionsToSign(db: Db, actor: PersonActor, subject: string): Promise<WaitingTask[]> {
  const given = (where: SQL | undefined) =>
    db
      .select({ id: signature.id })
      .from(signature)
      .where(and(eq(signature.versionId, version.id), isNull(signature.voidedAt), where));
  const lacks = (at: AnyPgColumn, capacity: string) =>
    notExists(given(and(eq(signature.institutionId, at), eq(signature.capacity, capacity))));
  const coordinates = (at: AnyPgColumn) =>
    and(coordinatedAt(at, actor), others(actor), lacks(at, 'coordinator'));
  const asParty =
    subject === PROGRAMME
      ? [
          and(eq(placement.participantId, actor.personId), lacks(placement.homeInstitutionId, 'participant')),
          and(
            eq(placement.hostSupervisorId, actor.personId),
            lacks(placement.hostInstitutionId, 'host-supervisor'),
          ),
        ]
      : [];
  const mine = or(
    ...asParty,
    coordinates(placement.homeInstitutionId),
    coordinates(placement.hostInstitutionId),
  );
  const waiting = db
    .select({ id: version.id })
    .from(version)
    .where(
      and(
        eq(version.subjectId, placement.id),
        isPending(db, subject),
        mine,
        notExists(given(eq(signature.personId, actor.personId))),
      ),
    );
  const open: Placement['state'][] =
    subject === PROGRAMME ? ['programme', 'preparing', 'stay'] : ['returned'];
  const rows = await stays(db, and(inArray(placement.state, open), exists(waiting)));
  return rows.map((row) => ({
    text: `placements:waiting.${subject === PROGRAMME ? 'sign' : 'signClosing'}`,
    params: { name: personName(row, actor.locale) },
    note: row.record.reference,
    href: `/exchanges/${row.record.reference}${subject === PROGRAMME ? PAGE_OF.sign : PAGE_OF.signClosing}`,
    side: actor.side,
    due: row.record.dueAt,
  }));
}

async function dutiesToDo(db: Db, actor: PersonActor): Promise<WaitingTask[]> {
  const rows = await db
    .select({ duty: placementDuty, reference: placement.reference, ...nameColumns })
    .from(placementDuty)
    .innerJoin(placement, eq(placement.id, placementDuty.placementId))
    .innerJoin(person, eq(person.id, placement.participantId))
    .where(
      and(
        isNull(placementDuty.doneOn),
        inArray(placement.state, ['stay', 'returned']),
        or(
          and(eq(placementDuty.owner, 'participant'), eq(placement.participantId, actor.personId)),
          and(
            eq(placementDuty.owner, 'host'),
            coordinatedAt(placement.hostInstitutionId, actor),
            others(actor),
          ),
        ),
      ),
    )
    .orderBy(asc(placementDuty.dueAt), asc(placementDuty.id))
    .limit(SHOWN);
  return rows.map((row) => ({
    text: `placements:waiting.duty.${row.duty.code as DutyCode}`,
    params: { name: personName(row, actor.locale) },
    note: row.reference,
    href: `/exchanges/${row.reference}/stay`,
    side: actor.side,
    due: row.duty.dueAt,
  }));
}

async function requestsToDecide(db: Db, actor: PersonActor): Promise<WaitingTask[]> {
  const rows = await db
    .select({ reference: placement.reference, ...nameColumns })
    .from(placementRequest)
    .innerJoin(placement, eq(placement.id, placementRequest.placementId))
    .innerJoin(person, eq(person.id, placement.participantId))
    .where(
      and(
        isNull(placementRequest.decidedAt),
        coordinatedAt(placementRequest.decidingInstitutionId, actor),
        others(actor),
        ne(placementRequest.askedBy, actor.personId),
      ),
    )
    .orderBy(asc(placementRequest.askedAt))
    .limit(SHOWN);
  return rows.map((row) => ({
    text: 'placements:waiting.decide',
    params: { name: personName(row, actor.locale) },
    note: row.reference,
    href: `/exchanges/${row.reference}${PAGE_OF.decide}`,
    side: actor.side,
    due: null,
  }));
}
