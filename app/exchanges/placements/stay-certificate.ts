import { eq } from 'drizzle-orm';
import { cyrillicName, latinName } from '#app/people/person-name.ts';
import { nameColumns } from '#app/people/queries.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { institution, person } from '#db/schema/people.ts';
import type { StayCertificate } from '#db/schema/training.ts';
import type { Placement } from './placement-scope.ts';

/** A name as a certificate prints it: in both scripts, each confirmed by a person. */
export async function confirmedName(
  db: DbOrTx,
  personId: string,
): Promise<{ latin: string; cyrillic: string } | null> {
  const [one] = await db
    .select({ ...nameColumns, inLatin: person.latinSpelling, inCyrillic: person.cyrillicSpelling })
    .from(person)
    .where(eq(person.id, personId));
  if (one?.inLatin !== 'confirmed' || one.inCyrillic !== 'confirmed') return null;
  const name = { latin: latinName(one), cyrillic: cyrillicName(one) };
  return name.latin && name.cyrillic ? name : null;
}

/** What the certificate of a stay says, frozen when the file is closed. It names no grade: the page is public. */
export async function stayCertificate(
  db: DbOrTx,
  record: Placement,
  name: { latin: string; cyrillic: string },
): Promise<StayCertificate> {
  const [about] = await db
    .select({ title: call.title, organisation: person.organisation, from: institution.name })
    .from(application)
    .innerJoin(call, eq(call.id, application.callId))
    .innerJoin(person, eq(person.id, application.applicantId))
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(eq(application.id, record.applicationId));
  const [host] = await db.select().from(institution).where(eq(institution.id, record.hostInstitutionId));
  const { arrivedOn, leftOn, reference, laboratory } = record;
  if (!about || !host || !arrivedOn || !leftOn) throw new Error(`${reference} is not over`);
  return {
    kind: 'stay',
    reference,
    name,
    title: about.title,
    laboratory,
    startsOn: arrivedOn,
    endsOn: leftOn,
    host: host.name,
    city: host.city ?? { en: '', ru: '' },
    from: about.organisation ? { en: about.organisation, ru: about.organisation } : about.from,
  };
}
