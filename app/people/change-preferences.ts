import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import type { Db } from '#db/client.server.ts';
import { account, person } from '#db/schema/people.ts';
import type { Preferences } from './schemas-account.ts';
import { forgetSessions } from './session.server.ts';

/** A person's own language, which mail follows, and time zone; the account's mails follow too. */
export async function changePreferences(db: Db, actor: PersonActor, wanted: Preferences): Promise<void> {
  const set = { ...wanted, updatedAt: new Date() };
  await db.transaction(async (tx) => {
    await tx
      .update(person)
      .set({ ...set, revision: uuidv7() })
      .where(eq(person.id, actor.personId));
    await tx.update(account).set(set).where(eq(account.id, actor.accountId));
    await audit(tx, {
      code: 'people.preferencesChanged',
      actor,
      subject: { type: 'person', id: actor.personId },
      institutionId: actor.institutionId,
      facts: { ...wanted },
    });
  });
  forgetSessions(actor.personId);
}
