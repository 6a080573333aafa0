import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { importProgramme } from '#app/delegations/import-programme.ts';
import { planDelegation } from '#app/delegations/plan-delegation.ts';
import { planEvent } from '#app/delegations/plan-event.ts';
import type { NewDelegate } from '#app/delegations/schemas.ts';
import { system } from '#app/platform/actor.ts';
import { readTable } from '#app/platform/table.ts';
import type { Db } from '#db/client.server.ts';
import { projectRoot } from '#db/project-root.ts';
import { institution } from '#db/schema/people.ts';

/** A file of `db/seed/data`, as it was received. */
export const received = (name: string) =>
  new Uint8Array(readFileSync(path.join(projectRoot, 'db/seed/data', name)));

export const LIST = 'raremet-2026-delegation.csv';
export const LIST_AS_RECEIVED = 'raremet-2026-delegation-as-received.csv';

/** The day on which the lists of RAREMET-2026 were sent. */
export const THEN = new Date('2026-03-01T09:00:00Z');

/**
 * RAREMET-2026 with its programme, and TEXMiN's delegation to it.
 *
 * @returns the delegation's reference
 */
export async function addDelegation(db: Db, eventReference = 'RAREMET-2026'): Promise<string> {
  const at = async (code: string) => {
    const [row] = await db.select().from(institution).where(eq(institution.code, code));
    return row?.id ?? '';
  };
  await planEvent(db, system('test'), {
    reference: eventReference,
    title: { en: 'Congress on rare metals', ru: 'Конгресс по редким металлам' },
    summary: { en: 'Rare metals, magnets, recycling.', ru: 'Редкие металлы, магниты, рециклинг.' },
    city: { en: 'Moscow', ru: 'Москва' },
    venue: { en: 'GIREDMET', ru: 'Гиредмет' },
    hostInstitutionId: await at('GIREDMET'),
    timeZone: 'Europe/Moscow',
    startsOn: '2026-05-20',
    endsOn: '2026-05-22',
  });
  const programme = readTable(received('raremet-2026-programme.csv'));
  await importProgramme(db, system('test'), eventReference, programme);
  return planDelegation(
    db,
    system('test'),
    {
      event: eventReference,
      homeInstitutionId: await at('TEXMIN'),
      hotel: { en: 'Hotel Uzkoye', ru: 'Гостиница «Узкое»' },
    },
    THEN,
  );
}

/** A person as a form adds them by hand, TEXMIN's, with nights of RAREMET-2026 unless told. */
export function byHand(email: string, more: Partial<NewDelegate> = {}): NewDelegate {
  const [given = 'Test', family = 'Person'] = email.split('@')[0]?.split('.') ?? [];
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return {
    email,
    givenName: capital(given),
    familyName: capital(family),
    sex: null,
    citizenship: 'IND',
    role: 'member',
    employer: 'TEXMIN',
    position: null,
    diet: null,
    notes: null,
    visaRoute: 'e-visa',
    hotelIn: '2026-05-19',
    hotelOut: '2026-05-23',
    roomWish: 'single',
    ...more,
  };
}
