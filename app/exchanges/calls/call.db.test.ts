import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { call } from '#db/schema/exchanges.ts';
import { signature } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addCall, addExchangePeople, callContent, hashOf } from '#tests/support/exchange.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { listCalls, signaturePage } from './call-queries.ts';
import type { CallContent } from './call-schema.ts';
import { draftCall } from './draft-call.ts';
import { reviseCall } from './revise-call.ts';
import { signCall } from './sign-call.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const { homeCoordinator, hostCoordinator, student } = people;
const now = new Date('2026-11-21T10:00:00Z');
const signers = { in: homeCoordinator.institutionId, ru: hostCoordinator.institutionId };
const content = callContent(signers, now);

const draft = () => draftCall(db, homeCoordinator, { content }, now);
const sign = async (actor: PersonActor, reference: string, hash?: string) =>
  signCall(db, actor, { reference, hashShown: hash ?? (await hashOf(db, reference)), locale: 'en' }, now);
const stateOf = async (reference: string) => {
  const [row] = await db.select().from(call).where(eq(call.reference, reference));
  return row;
};

describe('a call', () => {
  it('is published by the system once both sides have signed the same text', async () => {
    const { reference } = await draft();
    expect(await sign(hostCoordinator, reference)).toMatchObject({ complete: false });
    expect((await stateOf(reference))?.state).toBe('half-signed');
    expect(await sign(homeCoordinator, reference)).toMatchObject({ complete: true, step: 'publish' });
    expect(await stateOf(reference)).toMatchObject({ state: 'published', stateBy: null });
    const { open } = await listCalls(db, now);
    expect(open.map((one) => one.reference)).toContain(reference);
  });

  it('is drafted by a coordinator of a signing institution only', async () => {
    await expect(draftCall(db, student, { content }, now)).rejects.toMatchObject({ code: 'forbidden' });
    const texmin = await addPerson(db, 'TEXMIN', ['coordinator']);
    await expect(draftCall(db, texmin, { content }, now)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('needs both languages, one signer per side, and dates in order', async () => {
    const bad = callContent({ in: signers.ru, ru: signers.in }, now);
    await expect(draftCall(db, homeCoordinator, { content: bad }, now)).rejects.toMatchObject({
      code: 'invalid',
      fields: { signerIn: ['choice'], signerRu: ['choice'] },
    });
    const half = {
      ...content,
      title: { en: 'Only English', ru: ' ' },
      deadline: content.opensAt,
      placesToRu: 0,
    };
    await expect(draftCall(db, homeCoordinator, { content: half }, now)).rejects.toMatchObject({
      fields: { 'title.ru': ['required'], deadline: expect.anything(), placesToRu: expect.anything() },
    });
  });

  it('is unseen by others until it is published, and signed by its coordinators only', async () => {
    const { reference } = await draft();
    const hash = await hashOf(db, reference);
    await expect(sign(student, reference, hash)).rejects.toMatchObject({ code: 'not-found' });
    const other = await addPerson(db, 'TEXMIN', ['coordinator']);
    await expect(sign(other, reference, hash)).rejects.toMatchObject({ code: 'not-found' });
    await expect(signaturePage(db, other, reference)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is not signed for another text than the one shown', async () => {
    const { reference } = await draft();
    await expect(sign(hostCoordinator, reference, 'f'.repeat(64))).rejects.toMatchObject({ code: 'stale' });
  });

  it('loses the signatures given when it is changed, and shows the difference', async () => {
    const { reference } = await draft();
    await sign(hostCoordinator, reference);
    const changed = { ...content, weeksMax: 10 };
    const hashShown = await hashOf(db, reference);
    await reviseCall(db, hostCoordinator, { reference, hashShown, content: changed });
    expect(await stateOf(reference)).toMatchObject({ state: 'draft', weeksMax: 10 });
    const page = await signaturePage(db, homeCoordinator, reference);
    expect(page.changes).toEqual([{ path: '/weeksMax', before: 12, after: 10 }]);
    expect(page.voided).toHaveLength(1);
    const given = await db.select().from(signature).where(eq(signature.voidedReason, 'superseded'));
    expect(given.length).toBeGreaterThan(0);
    await expect(
      reviseCall(db, homeCoordinator, { reference, hashShown, content: changed }),
    ).rejects.toMatchObject({ code: 'stale' });
  });

  it('stands as published until both sides have signed its successor', async () => {
    const reference = await addCall(db, people, now);
    const changed = { ...content, placesToRu: 5 };
    const revise = async (text: CallContent) =>
      reviseCall(db, homeCoordinator, { reference, hashShown: await hashOf(db, reference), content: text });
    await revise(changed);
    await sign(homeCoordinator, reference);
    expect((await stateOf(reference))?.placesToRu).toBe(3);
    expect(await sign(hostCoordinator, reference)).toMatchObject({ complete: true, step: 'republish' });
    expect(await stateOf(reference)).toMatchObject({ state: 'published', placesToRu: 5 });
    await expect(revise({ ...changed, deadline: '2026-12-05T10:00:00.000Z' })).rejects.toMatchObject({
      fields: { deadline: ['exchanges.extendInstead'] },
    });
  });
});
