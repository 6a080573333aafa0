import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { institution, person } from '#db/schema/people.ts';
import { delivery, message, suppression } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { takeResendEvent } from './resend-event.server.ts';

const { db } = await useDatabase();
const now = new Date('2026-11-21T12:00:00Z');
let deliveryId = '';
let personId = '';
let count = 0;

const tell = (type: string, more: object = {}, id = `evt_${++count}`) =>
  takeResendEvent(
    db,
    id,
    {
      type,
      created_at: now.toISOString(),
      data: { email_id: `mail-${deliveryId}`, tags: { delivery: deliveryId }, ...more },
    },
    now,
  );
const stateNow = async () => (await db.select().from(delivery).where(eq(delivery.id, deliveryId)))[0]?.state;

beforeEach(async () => {
  const [home] = await db
    .insert(institution)
    .values({ code: uuidv7(), name: { en: 'A', ru: 'А' }, shortName: { en: 'A', ru: 'А' }, timeZone: 'UTC' })
    .returning();
  const [someone] = await db
    .insert(person)
    .values({ institutionId: home?.id ?? '', familyName: 'A', email: `${uuidv7()}@example.org` })
    .returning();
  personId = someone?.id ?? '';
  const cause = uuidv7();
  const [told] = await db.insert(message).values({ cause, code: 'x', params: {} }).returning();
  const [one] = await db
    .insert(delivery)
    .values({ messageId: told?.id ?? '', cause, personId, channel: 'mail', locale: 'en', state: 'sent' })
    .returning();
  deliveryId = one?.id ?? '';
});

describe('events of Resend', () => {
  it('move a delivery forward, never back, and count once', async () => {
    expect(await tell('email.delivered')).toBe('taken');
    expect(await tell('email.delivery_delayed')).toBe('taken');
    expect(await tell('email.sent')).toBe('taken');
    expect(await stateNow()).toBe('delivered');
    expect(await tell('email.bounced', {}, 'evt_same')).toBe('taken');
    expect(await tell('email.complained', {}, 'evt_same')).toBe('known');
    expect(await stateNow()).toBe('bounced');
  });

  it('end writing to an address that does not exist, but not to a full one', async () => {
    await tell('email.bounced', { bounce: { type: 'Transient' } });
    expect(await db.select().from(suppression).where(eq(suppression.personId, personId))).toEqual([]);
    await tell('email.complained');
    expect(await db.select().from(suppression).where(eq(suppression.personId, personId))).toMatchObject([
      { topic: '*', reason: 'complained' },
    ]);
  });

  it('resolve what was doubtful, by the tag that came back with the mail', async () => {
    await db.update(delivery).set({ state: 'doubtful' }).where(eq(delivery.id, deliveryId));
    await tell('email.delivered', { email_id: 'not yet known here' });
    expect(await stateNow()).toBe('delivered');
  });

  it('come again when they came too early, and pass by when they are not ours', async () => {
    const stranger = { email_id: 'unknown', tags: undefined };
    expect(await tell('email.sent', stranger, 'evt_early')).toBe('unknown');
    expect(await tell('email.sent', stranger, 'evt_early')).toBe('unknown');
    const payload = { type: 'email.sent', created_at: '2026-11-20T00:00:00Z', data: stranger };
    expect(await takeResendEvent(db, 'evt_old', payload, now)).toBe('ignored');
    expect(await takeResendEvent(db, 'evt_odd', { type: 'contact.created', data: {} }, now)).toBe('ignored');
    expect(await takeResendEvent(db, 'evt_bad', 'nonsense', now)).toBe('ignored');
  });
});
