import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { Refusal } from '#app/platform/outcome.ts';
import { type CampaignState, campaign } from '#db/schema/notifications.ts';
import { person, roleGrant } from '#db/schema/people.ts';
import { auditRow, delivery, message, suppression } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { approveCampaign } from './approve-campaign.ts';
import { audienceIds, countAudience } from './audience.ts';
import { cancelCampaign } from './cancel-campaign.ts';
import { draftCampaign } from './draft-campaign.ts';
import { awaitingApproval, inboxEntry, listInbox, unreadCount } from './queries.ts';
import { readEntry } from './read-entry.ts';
import { requestApproval } from './request-approval.ts';
import { returnCampaign } from './return-campaign.ts';
import { reviseCampaign } from './revise-campaign.ts';
import type { CampaignForm } from './schemas.ts';
import type { Campaign } from './scope.ts';
import { sendCampaign } from './send-campaign.ts';
import { unsubscribe } from './unsubscribe.ts';

const { db } = await useDatabase();
const now = new Date('2026-11-21T10:00:00Z');

const writer = await addPerson(db, 'IITISM', ['coordinator']);
const colleague = await addPerson(db, 'IITISM', ['coordinator']);
const neighbour = await addPerson(db, 'TEXMIN', ['coordinator']);
const across = await addPerson(db, 'GIREDMET', ['coordinator']);
const student = await addPerson(db, 'IITISM', ['student']);
const administrator = await addPerson(db, 'IITISM', ['institution-admin']);
const platformAdmin = await addPerson(db, 'OTHER', ['platform-admin']);
const outsider = await addPerson(db, 'OTHER', ['coordinator']);
// Only these are anybody's audience below: experts of either side.
const expertIn = await addPerson(db, 'IITISM', []);
const expertRu = await addPerson(db, 'GIREDMET', []);
await db
  .update(person)
  .set({ occupation: 'expert' })
  .where(sql`id in (${expertIn.personId}, ${expertRu.personId})`);

const text = {
  subject: { en: 'Open day', ru: 'День открытых дверей' },
  body: { en: 'Come and see.', ru: 'Приходите.' },
};
const own: CampaignForm = { ...text, roles: ['expert'], sides: ['in'], locales: ['en', 'ru'] };
const crossing: CampaignForm = { ...own, sides: ['in', 'ru'] };

const draft = (form: CampaignForm = own, actor = writer) => draftCampaign(db, actor, form, now);

async function requested(): Promise<Campaign> {
  return requestApproval(db, writer, await draft(crossing), now);
}

/** The code of the refusal, or `done`. */
const outcome = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error) => {
      if (error instanceof Refusal) return error.code;
      throw error;
    },
  );

const stateOf = async ({ id }: { id: string }) =>
  (await db.select().from(campaign).where(eq(campaign.id, id)))[0]?.state;

const inboxOf = async ({ id }: { id: string }) =>
  (
    await db
      .select({ personId: delivery.personId, channel: delivery.channel, state: delivery.state })
      .from(delivery)
      .where(eq(delivery.cause, `campaign:${id}`))
  ).sort((a, b) => `${a.personId}${a.channel}`.localeCompare(`${b.personId}${b.channel}`));

const told = async (code: string, to: PersonActor, reference: string) =>
  (
    await db
      .select({ channel: delivery.channel })
      .from(delivery)
      .innerJoin(message, eq(message.id, delivery.messageId))
      .where(sql`code = ${code} and person_id = ${to.personId} and params->>'reference' = ${reference}`)
  ).length;

/** Everything a step could leave behind. */
async function traces() {
  const { rows } = await db.$client.query(
    `select (select count(*) from delivery) as deliveries, (select count(*) from message) as messages,
       (select count(*) from audit_row) as audit, (select count(*) from pgboss.job where name like 'mail%') as jobs`,
  );
  return rows[0];
}

describe('a draft', () => {
  test('belongs to the institution its writer coordinates, and is written down', async () => {
    const { id, reference, side, institutionId, state } = await draft();
    expect({ side, institutionId, state }).toEqual({
      side: 'in',
      institutionId: writer.institutionId,
      state: 'draft',
    });
    expect(reference).toMatch(/^CM-2026-\d{4}$/);
    const codes = await db.select({ code: auditRow.code }).from(auditRow).where(eq(auditRow.subjectId, id));
    expect(codes).toEqual([{ code: 'campaign.drafted' }]);
  });

  test.each([
    ['a student', student],
    ['an institution’s administrator', administrator],
    ['the platform administrator', platformAdmin],
    ['a coordinator of an organisation of neither side', outsider],
  ])('is not written by %s', async (_, actor) => {
    expect(await outcome(draft(own, actor))).toBe('forbidden');
  });

  test('is not written under a grant that is denied', async () => {
    const [first] = writer.grants;
    if (!first) throw new Error('no grant');
    const denied = { ...writer, grants: [first, { ...first, effect: 'deny' as const }] };
    expect(await outcome(draft(own, denied))).toBe('forbidden');
  });

  test('is changed by its institution alone, and only from the text that was on the screen', async () => {
    const record = await draft();
    const change = (actor: PersonActor, revision = record.revision) =>
      reviseCampaign(db, actor, { reference: record.reference, revision, form: crossing });
    for (const actor of [across, neighbour, student, platformAdmin]) {
      expect(await outcome(change(actor))).toBe('not-found');
    }
    expect(await outcome(change(colleague, '01900000-0000-7000-8000-000000000000'))).toBe('stale');
    expect(await outcome(change(colleague))).toBe('done');
    expect(await outcome(change(colleague))).toBe('stale');
  });

  test('is sent as it was shown or changed, never both', async () => {
    for (let round = 0; round < 6; round += 1) {
      const record = await draft();
      const { reference, revision } = record;
      const change = { ...own, body: { en: 'Another text.', ru: 'Другой текст.' } };
      const both = await Promise.all([
        outcome(sendCampaign(db, writer, record, now)),
        outcome(reviseCampaign(db, colleague, { reference, revision, form: change })),
      ]);
      expect(both.sort()).toEqual(['done', 'stale']);
    }
  });

  test('stands still while it waits for approval', async () => {
    const { reference, revision } = await requested();
    expect(await outcome(reviseCampaign(db, writer, { reference, revision, form: own }))).toBe('stale');
    expect(await outcome(reviseCampaign(db, across, { reference, revision, form: own }))).toBe('forbidden');
  });
});

describe('sending', () => {
  test('reaches each of the writer’s side once, and no one of the other', async () => {
    const record = await draft();
    const sent = await sendCampaign(db, writer, record, now);
    expect(sent).toMatchObject({ state: 'sent', recipients: 1, sentAt: now, stateBy: writer.personId });
    expect(await inboxOf(record)).toEqual([
      { personId: expertIn.personId, channel: 'inbox', state: 'sent' },
      { personId: expertIn.personId, channel: 'mail', state: 'queued' },
    ]);
  });

  test('of two at the same time one is done', async () => {
    const record = await draft();
    const both = await Promise.all([
      outcome(sendCampaign(db, writer, record, now)),
      outcome(sendCampaign(db, colleague, record, now)),
    ]);
    expect(both.sort()).toEqual(['done', 'stale']);
    expect(await inboxOf(record)).toHaveLength(2);
  });

  test('is refused where a text, a recipient or an approval is missing, and leaves nothing behind', async () => {
    const untranslated = await draft({ ...own, subject: { en: 'Open day', ru: '' } });
    const empty = await draft({ ...own, roles: ['observer'] });
    const abroad = await draft(crossing);
    const before = await traces();
    const refused = await sendCampaign(db, writer, untranslated, now).catch((error) => error);
    expect(refused).toMatchObject({
      code: 'invalid',
      fields: { 'subject.ru': ['notifications.textMissing'] },
    });
    await expect(sendCampaign(db, writer, empty, now)).rejects.toMatchObject({
      reason: 'notifications.nobody',
    });
    await expect(sendCampaign(db, writer, abroad, now)).rejects.toMatchObject({
      reason: 'notifications.needsApproval',
    });
    expect(await traces()).toEqual(before);
  });

  test('that fails on the last line leaves no delivery, no mail to hand over and no record of it', async () => {
    await db.execute(sql`create function fail_in_test() returns trigger language plpgsql
      as $$ begin raise exception 'in the test'; end $$`);
    await db.execute(sql`create trigger fail_in_test before insert on audit_row for each row
      when (new.code = 'campaign.send') execute function fail_in_test()`);
    const record = await draft();
    const before = await traces();
    await expect(sendCampaign(db, writer, record, now)).rejects.toThrow();
    expect(await traces()).toEqual(before);
    expect(await stateOf(record)).toBe('draft');
    await db.execute(sql`drop trigger fail_in_test on audit_row`);
    expect(await outcome(sendCampaign(db, writer, record, now))).toBe('done');
  });

  test('is for the database too a thing of one side unless the other approved', async () => {
    const { id } = await draft(crossing);
    const past = db
      .update(campaign)
      .set({ state: 'sent', sentAt: now, recipients: 2 })
      .where(eq(campaign.id, id));
    await expect(past).rejects.toMatchObject({ cause: { constraint: 'campaign_other_side' } });
  });
});

describe('approval', () => {
  test('is asked of those who coordinate the other side today, and waits on their page alone', async () => {
    const past = await addPerson(db, 'GIREDMET', ['coordinator']);
    await db.update(roleGrant).set({ validUntil: '2021-01-01' }).where(eq(roleGrant.personId, past.personId));
    const denied = await addPerson(db, 'GIREDMET', ['coordinator']);
    const { personId, institutionId } = denied;
    await db
      .insert(roleGrant)
      .values({ personId, institutionId, role: 'coordinator', effect: 'deny', validFrom: '2020-01-01' });
    const { reference } = await requested();
    const asked = (who: PersonActor) => told('notifications.approvalRequested', who, reference);
    expect(await Promise.all([across, past, denied, writer, neighbour].map(asked))).toEqual([2, 0, 0, 0, 0]);
    const waits = async (who: PersonActor) =>
      (await awaitingApproval(db, who)).some((one) => one.reference === reference);
    expect(await Promise.all([across, writer, colleague, neighbour, student].map(waits))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('is not asked for what stays on one’s own side, is incomplete, or is for nobody', async () => {
    const ask = async (form: CampaignForm) => outcome(requestApproval(db, writer, await draft(form), now));
    expect(await ask(own)).toBe('invalid');
    expect(await ask({ ...crossing, body: { en: '', ru: 'Приходите.' } })).toBe('invalid');
    expect(await ask({ ...crossing, roles: ['observer'] })).toBe('invalid');
  });

  test('sends to both sides at once and tells the writer', async () => {
    const record = await requested();
    const sent = await approveCampaign(db, across, record, now);
    expect(sent).toMatchObject({
      state: 'sent',
      recipients: 2,
      approvedBy: across.personId,
      approvedAt: now,
    });
    expect((await inboxOf(record)).map(({ personId }) => personId)).toEqual(
      [expertIn, expertIn, expertRu, expertRu].map(({ personId }) => personId).sort(),
    );
    expect(await told('notifications.approved', writer, record.reference)).toBe(2);
  });

  test('is the other side’s alone', async () => {
    const record = await requested();
    for (const actor of [writer, colleague, neighbour]) {
      expect(await outcome(approveCampaign(db, actor, record, now))).toBe('forbidden');
      expect(await outcome(returnCampaign(db, actor, { ...record, reason: 'No.' }, now))).toBe('forbidden');
    }
    for (const actor of [student, administrator, platformAdmin, outsider]) {
      expect(await outcome(approveCampaign(db, actor, record, now))).toBe('not-found');
    }
    expect(await stateOf(record)).toBe('awaiting-approval');
  });

  test('is never one’s own, whatever one holds', async () => {
    const record = await requested();
    const holdsBoth = { ...writer, grants: [...writer.grants, ...across.grants] };
    expect(await outcome(approveCampaign(db, holdsBoth, record, now))).toBe('forbidden');
    const past = db
      .update(campaign)
      .set({ approvedBy: writer.personId, approvedAt: now })
      .where(eq(campaign.id, record.id));
    await expect(past).rejects.toMatchObject({ cause: { constraint: 'campaign_not_own_approval' } });
  });

  test('is of the text that was on the screen', async () => {
    const first = await requested();
    const back = await returnCampaign(db, across, { ...first, reason: 'Say when.' }, now);
    await reviseCampaign(db, writer, {
      ...back,
      form: { ...crossing, body: { en: 'On 1 May.', ru: '1 мая.' } },
    });
    const [revised] = await db.select().from(campaign).where(eq(campaign.id, first.id));
    if (!revised) throw new Error('gone');
    await requestApproval(db, writer, revised, now);
    expect(await outcome(approveCampaign(db, across, first, now))).toBe('stale');
    expect(await inboxOf(first)).toEqual([]);
  });

  test('asked for twice, given twice: once', async () => {
    const record = await draft(crossing);
    const asks = [writer, colleague].map((actor) => outcome(requestApproval(db, actor, record, now)));
    expect((await Promise.all(asks)).sort()).toEqual(['done', 'stale']);
    const [waiting] = await db.select().from(campaign).where(eq(campaign.id, record.id));
    if (!waiting) throw new Error('gone');
    const gives = [across, across].map((actor) => outcome(approveCampaign(db, actor, waiting, now)));
    expect((await Promise.all(gives)).sort()).toEqual(['done', 'stale']);
    expect(await inboxOf(record)).toHaveLength(4);
  });

  test('is refused with a reason, which the writer is told of and reads', async () => {
    const record = await requested();
    expect(await outcome(returnCampaign(db, across, { ...record, reason: '  ' }, now))).toBe('invalid');
    const back = await returnCampaign(db, across, { ...record, reason: 'Say when.' }, now);
    expect(back).toMatchObject({ state: 'draft', stateReason: 'Say when.', approvedBy: null });
    expect(await told('notifications.returned', writer, record.reference)).toBe(2);
    // What came back is the writers' own again.
    expect(await outcome(approveCampaign(db, across, back, now))).toBe('not-found');
  });
});

describe('cancelling', () => {
  test('is the writer’s institution’s, until it has gone out', async () => {
    const record = await requested();
    expect(await outcome(cancelCampaign(db, across, record, now))).toBe('forbidden');
    expect(await outcome(cancelCampaign(db, student, record, now))).toBe('not-found');
    const gone = await cancelCampaign(db, colleague, record, now);
    expect(gone.state).toBe('cancelled');
    expect(await outcome(approveCampaign(db, across, gone, now))).toBe('not-found');
    const sent = await sendCampaign(db, writer, await draft(), now);
    expect(await outcome(cancelCampaign(db, writer, sent, now))).toBe('stale');
  });
});

describe('whatever is tried in whatever order', () => {
  const acts = {
    send: sendCampaign,
    requestApproval,
    approve: approveCampaign,
    return: returnCampaign,
    cancel: cancelCampaign,
  };
  type Act = keyof typeof acts;
  const people = { writer, colleague, neighbour, across, student, platformAdmin };
  type Name = keyof typeof people;

  // The rules once more, by hand: who sees it, whose pen it is, and where it leads.
  function foreseen(state: CampaignState, name: Name, act: Act, crosses: boolean): CampaignState | string {
    const owner = name === 'writer' || name === 'colleague';
    const open = state === 'awaiting-approval' || state === 'sent';
    const sees = owner || (open && (name === 'neighbour' || (name === 'across' && crosses)));
    if (!sees) return 'not-found';
    const ofOwner = act === 'send' || act === 'requestApproval' || act === 'cancel';
    if (ofOwner ? !owner : name !== 'across') return 'forbidden';
    if (act === 'cancel') return state === 'draft' || state === 'awaiting-approval' ? '→ cancelled' : 'stale';
    if (ofOwner && state !== 'draft') return 'stale';
    if (!ofOwner && state !== 'awaiting-approval') return 'stale';
    if (act === 'send') return crosses ? 'invalid' : '→ sent';
    if (act === 'requestApproval') return crosses ? '→ awaiting-approval' : 'invalid';
    return act === 'approve' ? '→ sent' : '→ draft';
  }

  test('no step is taken but its party’s, and it goes out at most once', async () => {
    const attempt = fc.tuple(
      fc.constantFrom(...(Object.keys(people) as Name[])),
      fc.constantFrom(...(Object.keys(acts) as Act[])),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(attempt, { minLength: 4, maxLength: 14 }),
        async (crosses, tries) => {
          let record = await draft(crosses ? crossing : own);
          for (const [name, act] of tries) {
            const wanted = foreseen(record.state, name, act, crosses);
            const came = await acts[act](db, people[name], { ...record, reason: 'Because.' }, now).then(
              (moved) => {
                record = moved;
                return `→ ${moved.state}`;
              },
              (error) => (error instanceof Refusal ? error.code : String(error)),
            );
            expect(`${name} ${act}: ${came}`).toBe(`${name} ${act}: ${wanted}`);
          }
          const reached = await inboxOf(record);
          expect(reached).toHaveLength(record.state === 'sent' ? (crosses ? 4 : 2) : 0);
        },
      ),
      { numRuns: 30 },
    );
  }, 60_000);
});

describe('an audience', () => {
  test('is counted as it is reached: by side and language, without address, unsubscribed', async () => {
    const away = await addPerson(db, 'GIREDMET', []);
    const quiet = await addPerson(db, 'GIREDMET', []);
    const both = await addPerson(db, 'TEXMIN', []);
    const ids = [away, quiet, both].map(({ personId }) => personId);
    for (const id of ids) await db.update(person).set({ occupation: 'reviewer' }).where(eq(person.id, id));
    for (const { personId } of [away, both]) {
      await db.update(person).set({ email: null }).where(eq(person.id, personId));
    }
    for (const { personId } of [quiet, both]) await unsubscribe(db, { personId, topic: 'announcements' });
    await unsubscribe(db, { personId: quiet.personId, topic: 'announcements' });
    expect(await db.select().from(suppression).where(eq(suppression.personId, quiet.personId))).toHaveLength(
      1,
    );

    const form: CampaignForm = { ...crossing, roles: ['expert', 'reviewer'] };
    const counted = await countAudience(db, form);
    expect(counted).toEqual({
      total: 5,
      groups: [
        { side: 'in', locale: 'en', count: 2 },
        { side: 'ru', locale: 'ru', count: 3 },
      ],
      noAddress: 2,
      unsubscribed: 1,
    });
    const record = await requestApproval(db, writer, await draft(form), now);
    const sent = await approveCampaign(db, across, record, now);
    expect(sent.recipients).toBe(counted.total);
    const reached = await inboxOf(record);
    const mails = reached.filter(({ channel }) => channel === 'mail').map(({ state }) => state);
    expect(reached.filter(({ channel }) => channel === 'inbox')).toHaveLength(5);
    expect(mails.sort()).toEqual(['no-address', 'no-address', 'queued', 'queued', 'suppressed']);
  });

  test('holds the same people in the count and on the way, for any choice', async () => {
    const some = <T>(...values: T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(
        some('in' as const, 'ru' as const),
        some('en' as const, 'ru' as const),
        fc.uniqueArray(fc.constantFrom('expert' as const, 'reviewer' as const, 'observer' as const)),
        async (sides, locales, roles) => {
          const { total, groups } = await countAudience(db, { sides, locales, roles });
          const ids = await audienceIds(db, { sides, locales, roles });
          expect(new Set(ids).size).toBe(total);
          expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(total);
          expect(groups.every(({ side, locale }) => sides.includes(side) && locales.includes(locale))).toBe(
            true,
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  test('never holds people of an organisation of neither side', async () => {
    const everyone = await audienceIds(db, { sides: ['in', 'ru'], locales: ['en', 'ru'], roles: [] });
    expect(everyone).not.toContain(outsider.personId);
    expect(everyone).not.toContain(platformAdmin.personId);
  });
});

describe('the inbox', () => {
  test('is its owner’s: nobody else lists, opens or marks an entry', async () => {
    await sendCampaign(db, writer, await draft(), now);
    const { rows } = await listInbox(db, expertIn);
    const [newest] = rows;
    if (!newest) throw new Error('nothing came');
    const unread = await unreadCount(db, expertIn);
    for (const actor of [writer, across, platformAdmin, expertRu]) {
      expect((await listInbox(db, actor)).rows.map(({ id }) => id)).not.toContain(newest.id);
      expect(await outcome(inboxEntry(db, actor, newest.id))).toBe('not-found');
      await readEntry(db, actor, newest.id);
    }
    expect(await unreadCount(db, expertIn)).toBe(unread);
    await readEntry(db, expertIn, newest.id);
    await readEntry(db, expertIn, newest.id);
    expect(await unreadCount(db, expertIn)).toBe(unread - 1);
  });

  test('opens no mail’s delivery as an entry, and nothing by what is no id', async () => {
    const [mail] = await db
      .select({ id: delivery.id })
      .from(delivery)
      .where(sql`person_id = ${expertIn.personId} and channel = 'mail'`)
      .limit(1);
    expect(await outcome(inboxEntry(db, expertIn, mail?.id ?? ''))).toBe('not-found');
    expect(await outcome(inboxEntry(db, expertIn, 'none'))).toBe('not-found');
  });
});
