import { and, asc, eq } from 'drizzle-orm';
import { personName } from '#app/people/person-name.ts';
import { institutions, namesOf } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import { type Signature, signaturesOf, type Version, versionsOf } from '#app/platform/versions.server.ts';
import { readinessOf, recordable } from '#app/travel/readiness-queries.ts';
import { calendarDateOf } from '#app/ui/format-when.ts';
import { certificateOfStay } from '#app/verification/queries.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { placement, placementDuty } from '#db/schema/placements.ts';
import { CAPACITIES, type Capacity, COORDINATORS } from './capacities.ts';
import { closingGaps, costsAgainstPlan } from './closing-content.ts';
import { capacitiesOf, partyOf } from './placement-parties.ts';
import { type Placement, placementsVisibleTo } from './placement-scope.ts';
import type { ProgrammeContent } from './programme-content.ts';
import { CLOSING, PROGRAMME, refusalsOf } from './programme-versions.ts';
import { costsOf } from './record-costs.ts';
import { outputsOf } from './record-outputs.ts';
import { requestsOf } from './request-queries.ts';
import { confirmedName } from './stay-certificate.ts';
import { turnOf } from './stay-turn.ts';
import { notesOf } from './write-note.ts';

/**
 * The stay of an application as the exchange's one page shows it, with what the actor may do on it now.
 *
 * @returns null where the application has no stay, or it is out of the actor's scope.
 */
export async function placementOf(db: DbOrTx, actor: PersonActor, applicationId: string, now: Date) {
  const [record] = await db
    .select()
    .from(placement)
    .where(and(eq(placement.applicationId, applicationId), placementsVisibleTo(actor)));
  return record ? stayOf(db, actor, record, now) : null;
}

/**
 * A stay with everything its pages show.
 *
 * @throws Refusal `not-found` out of the actor's scope
 */
export async function stayPage(db: DbOrTx, actor: PersonActor, reference: string, now: Date) {
  const [record] = await db
    .select()
    .from(placement)
    .where(and(eq(placement.reference, reference), placementsVisibleTo(actor)));
  if (!record) throw notFound();
  return stayOf(db, actor, record, now);
}

/** What the pages of a stay show. */
export type PlacementPage = Awaited<ReturnType<typeof stayPage>>;

/** A version of the programme or of the closing with its signatures, voided ones too, and how it was sent back. */
export type LaidVersion = {
  version: Version;
  state: 'in-force' | 'pending' | 'refused' | 'replaced';
  writtenBy: string | null;
  signatures: (Signature & { as: Capacity | null; name: string | null })[];
  refusal: { name: string | null; as: Capacity | null; comments: string; refusedAt: Date } | null;
};

/** A version of the programme, with its content as such. */
export type LaidProgramme = LaidVersion & { content: ProgrammeContent };

async function stayOf(db: DbOrTx, actor: PersonActor, record: Placement, now: Date) {
  const [
    all,
    duties,
    requests,
    notes,
    outputs,
    spent,
    refusals,
    laid,
    closings,
    readiness,
    may,
    named,
    cert,
  ] = await Promise.all([
    institutions(db),
    db
      .select()
      .from(placementDuty)
      .where(eq(placementDuty.placementId, record.id))
      .orderBy(asc(placementDuty.dueAt), asc(placementDuty.code)),
    requestsOf(db, record.id),
    notesOf(db, record.id),
    outputsOf(db, record.id),
    costsOf(db, record.id),
    refusalsOf(db, record.id),
    versionsOf(db, PROGRAMME, record.id),
    versionsOf(db, CLOSING, record.id),
    readinessOf(db, 'placement', record.id, now),
    recordable(db, actor, 'placement', record.id),
    confirmedName(db, record.participantId),
    certificateOfStay(db, record.id),
  ]);
  const [about] = await db
    .select({ title: application.title })
    .from(application)
    .where(eq(application.id, record.applicationId));
  const signatures = await Promise.all([...laid, ...closings].map((one) => signaturesOf(db, one.id)));
  const given = new Map([...laid, ...closings].map((one, index) => [one.id, signatures[index] ?? []]));
  const people = [
    record.participantId,
    record.hostSupervisorId,
    record.arrivalConfirmedBy,
    record.departureConfirmedBy,
    record.evaluatedBy,
    ...requests.flatMap((one) => [one.askedBy, one.decidedBy]),
    ...duties.map((one) => one.doneBy),
    ...refusals.map((one) => one.personId),
    ...[...laid, ...closings].map((one) => one.createdBy),
    ...signatures.flat().map((one) => one.personId),
  ].flatMap((id) => id ?? []);
  const names = await namesOf(db, people);
  const nameOf = (id: string | null) => {
    const name = id === null ? undefined : names.get(id);
    return name ? personName(name, actor.locale) : null;
  };
  const capacityOf = (of: { institutionId: string; capacity: string }) =>
    CAPACITIES.find((one) => {
      const party = partyOf(record, one);
      return party.institutionId === of.institutionId && party.capacity === of.capacity;
    }) ?? null;
  const asLaid = (version: Version, inForce: boolean): LaidVersion => {
    const refusal = refusals.find((one) => one.versionId === version.id);
    const standing = version.supersededAt === null;
    return {
      version,
      state: refusal ? 'refused' : inForce ? 'in-force' : standing ? 'pending' : 'replaced',
      writtenBy: nameOf(version.createdBy),
      signatures: (given.get(version.id) ?? []).map((one) => ({
        ...one,
        as: capacityOf(one),
        name: nameOf(one.personId),
      })),
      refusal: refusal
        ? {
            name: nameOf(refusal.personId),
            as: capacityOf(refusal),
            comments: refusal.comments,
            refusedAt: refusal.refusedAt,
          }
        : null,
    };
  };
  const programmes: LaidProgramme[] = laid.map((one) => ({
    ...asLaid(one, one.id === record.programmeVersionId),
    content: one.content as ProgrammeContent,
  }));
  const closed = record.state === 'closed';
  const closingVersions = closings.map((one) => asLaid(one, closed && one.supersededAt === null));
  const place = (id: string) => {
    const found = all.find((one) => one.id === id);
    if (!found?.side) throw new Error('A stay lies between two institutions of the two sides');
    const { side, shortName, name } = found;
    return { id, side, shortName, name };
  };
  const [home, host] = [place(record.homeInstitutionId), place(record.hostInstitutionId)];
  const inForce = programmes.find((one) => one.state === 'in-force') ?? null;
  const pending = programmes.findLast((one) => one.state === 'pending') ?? null;
  const closing = closingVersions.findLast((one) => one.state === 'pending') ?? null;
  const planned = inForce?.content.costs ?? [];
  const costs = costsAgainstPlan(planned, spent);
  const gaps = closingGaps(record, costs, named !== null);
  const open = requests.find((one) => one.decidedAt === null) ?? null;
  const today = calendarDateOf(now, host.side);
  const standing = (of: LaidVersion | null) =>
    of ? of.signatures.flatMap((one) => (one.voidedAt === null && one.as ? [one.as] : [])) : null;
  const turn = turnOf({
    state: record.state,
    startsOn: record.startsOn,
    endsOn: record.endsOn,
    today,
    programmeSigned: standing(pending),
    deciding: open
      ? open.decidingInstitutionId === record.homeInstitutionId
        ? 'home-coordinator'
        : 'host-coordinator'
      : null,
    gaps,
    costsMissing: COORDINATORS.filter((one) =>
      costs.some((row) => row.spent === null && one === `${row.payer}-coordinator`),
    ),
    closingSigned: standing(closing),
  });
  const capacities = capacitiesOf(actor, record);
  const ofInstitutions = capacities.some((one) => one !== 'host-supervisor');
  const readsReport = record.reportedAt !== null || capacities.includes('participant');
  const revision = record.revision;
  return {
    // Reasons may say why somebody fell ill; a draft of a report is its author's; neither is the host supervisor's.
    record: {
      ...record,
      programme: {},
      report: readsReport ? record.report : '',
      stateReason: ofInstitutions ? record.stateReason : null,
    },
    draft: record.programme,
    revision,
    title: about?.title ?? '',
    now,
    today,
    home,
    host,
    participant: nameOf(record.participantId) ?? '—',
    supervisor: nameOf(record.hostSupervisorId) ?? record.hostSupervisor,
    capacities,
    turn,
    /** The capacity in which the turn is the reader's, null where it is not. */
    mine: turn.by.find((one) => capacities.includes(one)) ?? null,
    programmes,
    inForce,
    pending,
    closings: closingVersions,
    closing,
    /** Once the participant is there, what the journey needed is no longer asked. */
    readiness: record.state === 'preparing' ? readiness : null,
    recordable: may,
    duties: duties.map((one) => ({ ...one, name: nameOf(one.doneBy) })),
    requests: requests.map((one) => ({
      ...one,
      reason: ofInstitutions ? one.reason : null,
      outcomeReason: ofInstitutions ? one.outcomeReason : null,
      askedByName: nameOf(one.askedBy),
      decidedByName: nameOf(one.decidedBy),
    })),
    openRequest: open?.number ?? null,
    notes,
    outputs,
    costs,
    gaps,
    evaluatedByName: nameOf(record.evaluatedBy),
    certificate: cert,
  };
}
