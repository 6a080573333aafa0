import { eq, inArray } from 'drizzle-orm';
import { cyrillicName, latinName, type NameParts } from '#app/people/person-name.ts';
import { nameColumns } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { greetingFor } from '#app/platform/letter.server.ts';
import { nextReference } from '#app/platform/references.server.ts';
import { versionHash } from '#app/platform/versions.server.ts';
import type { Tx } from '#db/client.server.ts';
import { letter } from '#db/schema/exchanges.ts';
import { institution, person } from '#db/schema/people.ts';
import { dayAt } from '../due-dates.ts';
import type { Application, Call } from '../scope.ts';
import { applicationWorkflow } from '../workflow.ts';
import {
  LETTER_SCHEMA_VERSION,
  type LetterContent,
  type LetterKind,
  type Refusal,
} from './letter-content.ts';

/** The series of letters: `LT-2026-0001`. */
const SERIES = 'LT';

/**
 * Issues the letter of a step, in the step's own transaction: its number, what it says, who signs for which institution
 * and when are fixed with it. Nobody has to do anything more.
 *
 * @param of.record the application as the step has left it.
 * @param of.party the party whose decision it is, and whose letter.
 */
export async function issueLetter(
  tx: Tx,
  actor: PersonActor,
  of: {
    kind: LetterKind;
    refusal?: Refusal;
    record: Application;
    call: Call;
    party: 'home' | 'host';
    now: Date;
  },
): Promise<void> {
  const { kind, record, call, party, now } = of;
  const parties = await institutionsOf(tx, record);
  const { id: institutionId, side } = parties[party];
  const issuedOn = dayAt(side ?? 'in', now);
  const number = await nextReference(tx, SERIES, Number(issuedOn.slice(0, 4)));
  const people = await peopleOf(tx, [record.applicantId, actor.personId, record.hostSupervisorId]);
  const applicant = people.get(record.applicantId);
  const signatory = people.get(actor.personId);
  const supervisor = record.hostSupervisorId ? people.get(record.hostSupervisorId) : undefined;
  if (!applicant || !signatory) throw new Error(`${record.reference}: a letter without its people`);
  const content: LetterContent = {
    kind,
    refusal: of.refusal ?? null,
    number,
    issuedOn,
    application: { reference: record.reference, title: record.title },
    call: { reference: call.reference, title: call.title },
    applicant: frozen(applicant),
    salutation: {
      en: greetingFor({ ...applicant, locale: 'en' }),
      // Without the sex on record a Russian salutation would be a guess.
      ru: applicant.sex && applicant.familyNameRu ? greetingFor({ ...applicant, locale: 'ru' }) : '',
    },
    home: { name: parties.home.name, city: parties.home.city },
    host: { name: parties.host.name, city: parties.host.city },
    signatory: { ...frozen(signatory), party },
    stay:
      kind === 'acceptance' && record.stayFrom && record.stayUntil && record.laboratory && supervisor
        ? {
            from: record.stayFrom,
            until: record.stayUntil,
            laboratory: record.laboratory,
            supervisor: frozen(supervisor),
          }
        : null,
    wish:
      kind === 'nomination' && record.wishedStart && record.weeks
        ? { start: record.wishedStart, weeks: record.weeks }
        : null,
    reason: kind === 'refusal' ? record.stateReason : null,
  };
  const hash = versionHash(LETTER_SCHEMA_VERSION, content);
  await tx.insert(letter).values({
    number,
    applicationId: record.id,
    kind,
    institutionId,
    signedBy: actor.personId,
    content,
    hash,
    issuedAt: now,
  });
  await audit(tx, {
    code: 'letter.issue',
    actor,
    subject: { type: applicationWorkflow.subject, id: record.id },
    institutionId,
    facts: { number, kind, hash },
  });
}

type Spelt = NameParts & { cyrillicSpelling: string };

const frozen = (one: Spelt) => ({
  latin: latinName(one),
  cyrillic: cyrillicName(one),
  confirmed: one.cyrillicSpelling === 'confirmed',
});

async function peopleOf(tx: Tx, ids: (string | null)[]) {
  const rows = await tx
    .select({ id: person.id, sex: person.sex, cyrillicSpelling: person.cyrillicSpelling, ...nameColumns })
    .from(person)
    .where(
      inArray(
        person.id,
        ids.filter((id) => id !== null),
      ),
    );
  return new Map(rows.map((row) => [row.id, row]));
}

async function institutionsOf(tx: Tx, record: Application) {
  const of = async (id: string | null) => {
    const [row] = id ? await tx.select().from(institution).where(eq(institution.id, id)) : [];
    if (!row) throw new Error(`${record.reference}: a letter without both institutions`);
    return row;
  };
  return { home: await of(record.homeInstitutionId), host: await of(record.hostInstitutionId) };
}
