import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { stale } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { account, person } from '#db/schema/people.ts';
import { cyrillicName, latinName } from './person-name.ts';
import type { Profile } from './schemas-account.ts';
import { searchText } from './search-text.ts';
import { forgetSessions } from './session.server.ts';

/**
 * A person's own names in both scripts, and the laboratory they work in. What they save they confirm: a spelling
 * proposed by transliteration is no longer marked.
 *
 * @param revision the one the form was shown with
 * @throws Refusal `stale` when the profile was changed meanwhile
 */
export async function changeProfile(
  db: Db,
  actor: PersonActor,
  names: Profile,
  revision: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [before] = await tx.select().from(person).where(eq(person.id, actor.personId)).for('update');
    if (!before || before.revision !== revision) throw stale();
    const after = {
      givenName: names.givenName || null,
      familyName: names.familyName || null,
      givenNameRu: names.givenNameRu || null,
      familyNameRu: names.familyNameRu || null,
      patronymicRu: names.patronymicRu || null,
      laboratory: names.laboratory || null,
    };
    await tx
      .update(person)
      .set({
        ...after,
        latinSpelling: 'confirmed',
        cyrillicSpelling: after.familyNameRu ? 'confirmed' : 'missing',
        search: searchText({ ...after, email: before.email }),
        updatedAt: new Date(),
        revision: uuidv7(),
      })
      .where(and(eq(person.id, actor.personId), eq(person.revision, revision)));
    await tx
      .update(account)
      .set({ name: latinName(after) || cyrillicName(after), updatedAt: new Date() })
      .where(eq(account.id, actor.accountId));
    const changed = (Object.keys(after) as (keyof typeof after)[]).filter(
      (name) => after[name] !== before[name],
    );
    await audit(tx, {
      code: 'people.profileChanged',
      actor,
      subject: { type: 'person', id: actor.personId },
      institutionId: actor.institutionId,
      facts: { fields: changed.join(',') },
      personal: {
        personId: actor.personId,
        values: Object.fromEntries(changed.map((name) => [name, before[name] ?? ''])),
      },
    });
  });
  forgetSessions(actor.personId);
}
