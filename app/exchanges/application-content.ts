import type { DbOrTx } from '#db/client.server.ts';
import type { Locale } from '#db/schema/shared.ts';
import { documentsOf } from './attach-documents.ts';
import { eligibilityOf } from './eligibility-queries.ts';
import { endorsementOf } from './endorsement-queries.ts';
import type { Application, Call } from './scope.ts';

/** Number of the shape of a submitted application's content; 1 held only the plan, the parties and the documents. */
export const APPLICATION_SCHEMA_VERSION = 2;

/** A document as a version keeps it: its hash says whether the bytes are still those. */
export type KeptDocument = { kind: string; name: string; size: number; hash: string };

/** What an applicant hands in, section by section. Names stand with the person, who may have them corrected or erased. */
export type ApplicationContent = {
  call: string;
  person: { personId: string; homeInstitutionId: string | null };
  title: string;
  workPlan: string;
  workPlanLocale: Locale;
  homeInstitutionId: string | null;
  hostInstitutionId: string | null;
  laboratoryWishes: string[];
  wishedStart: string | null;
  weeks: number | null;
  homeSupervisor: string;
  endorsement: { supervisorId: string; words: string; locale: string | null; givenAt: string } | null;
  documents: KeptDocument[];
  eligibility: Record<string, string>;
  declaredAt: string | null;
  consentAt: string | null;
  consentLocale: string | null;
};

/** The whole application as it stands now, in the form in which a submission fixes it. */
export async function contentOf(
  db: DbOrTx,
  record: Application,
  call: Call,
): Promise<ApplicationContent & Record<string, unknown>> {
  const [documents, endorsement, checks] = [
    await documentsOf(db, record.id),
    await endorsementOf(db, record.id),
    await eligibilityOf(db, record, call),
  ];
  const given = endorsement?.state === 'given' ? endorsement : null;
  return {
    call: call.reference,
    person: { personId: record.applicantId, homeInstitutionId: record.homeInstitutionId },
    title: record.title,
    workPlan: record.workPlan,
    workPlanLocale: record.workPlanLocale,
    homeInstitutionId: record.homeInstitutionId,
    hostInstitutionId: record.hostInstitutionId,
    laboratoryWishes: record.laboratoryWishes,
    wishedStart: record.wishedStart,
    weeks: record.weeks,
    homeSupervisor: record.homeSupervisor,
    endorsement: given && {
      supervisorId: given.supervisorId,
      words: given.words ?? '',
      locale: given.locale,
      givenAt: given.answeredAt?.toISOString() ?? '',
    },
    documents: documents.map(({ kind, name, size, hash }) => ({ kind, name, size, hash })),
    eligibility: Object.fromEntries(checks.map(({ code, outcome }) => [code, outcome])),
    declaredAt: record.declaredAt?.toISOString() ?? null,
    consentAt: record.consentAt?.toISOString() ?? null,
    consentLocale: record.consentLocale,
  };
}
