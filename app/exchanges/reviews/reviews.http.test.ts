import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { call } from '#db/schema/exchanges.ts';
import { institution, person } from '#db/schema/people.ts';
import { addExchangePeople, ENDORSEMENT } from '#tests/support/exchange.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addReviewCall, assignAll, reviewOf, submitGrades, typedReview } from '#tests/support/review.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';

const portal = await usePortal({ demo: true, jobs: false });
const { db } = portal;
const people = await addExchangePeople(db);
// Opened and closed in the past, so that the portal's own clock is after the deadline.
const now = new Date(Date.now() - 11.5 * 86_400_000);

const signedIn = async (actor: PersonActor, lng: 'en' | 'ru' = 'en') => {
  const someone = portal.visitor(lng);
  await someone.signIn(await addAccount(db, actor));
  return someone;
};
const home = await signedIn(people.homeCoordinator);
const host = await signedIn(people.hostCoordinator, 'ru');
const hiddenIn = (html: string, name: string, after = '') =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(html.slice(Math.max(0, html.indexOf(after))))?.[1] ?? '';

async function assigned(options: Parameters<typeof addReviewCall>[3] = {}) {
  const found = await addReviewCall(db, people, now, { applicants: 1, ...options });
  const reviewer = await addPerson(db, 'GIREDMET', ['reviewer']);
  await assignAll(db, people.homeCoordinator, found, [reviewer]);
  const [about] = found.applications;
  if (!about) throw new Error('no application');
  const { reviewId } = await reviewOf(db, about.id, reviewer);
  return { found, reviewer, about, reviewId, page: `/reviews/${reviewId}` };
}

async function fileOf(applicationId: string): Promise<string> {
  const { rows } = await db.$client.query<{ file_id: string }>(
    'select file_id from application_document where application_id = $1',
    [applicationId],
  );
  return `/files/${rows[0]?.file_id}`;
}

describe('a blind call', () => {
  it('tells its reviewer nothing of who applies: not on the page, in its data, in the queue or by file', async () => {
    const { about, reviewer, page } = await assigned({ call: { blindReview: true } });
    await db
      .update(person)
      .set({
        givenName: 'Deepika',
        familyName: 'Kumaravati',
        givenNameRu: 'Дипика',
        familyNameRu: 'Кумаравати',
      })
      .where(eq(person.id, about.applicant.personId));
    const [from] = await db
      .select()
      .from(institution)
      .where(eq(institution.id, about.applicant.institutionId));
    const { rows } = await db.$client.query<{ family_name: string; email: string }>(
      `select p.family_name, p.email from endorsement e join person p on p.id = e.supervisor_id where e.application_id = $1`,
      [about.id],
    );
    for (const lng of ['en', 'ru'] as const) {
      const someone = await portal.visitor(lng);
      await someone.signIn(await emailOf(reviewer));
      const seen = [
        await someone.get(page),
        await someone.get(`${page}.data`),
        await someone.get('/reviews'),
        await someone.get('/home'),
        await someone.get('/inbox'),
      ].map((one) => one.text);
      expect(seen[0]).toContain('batch extraction with P507');
      for (const text of seen) {
        for (const fact of [
          'Kumaravati',
          'Кумаравати',
          about.applicant.personId,
          about.applicant.institutionId,
          from?.name.en,
          from?.name.ru,
          rows[0]?.email,
          ENDORSEMENT,
          'plan.pdf',
        ]) {
          expect(text).not.toContain(fact);
        }
      }
      expect((await someone.get(await fileOf(about.id))).status).toBe(404);
      expect((await someone.get(`/exchanges/${about.reference}`)).status).toBe(404);
    }
  });
});

async function emailOf(actor: PersonActor): Promise<string> {
  const [row] = await db.select({ email: person.email }).from(person).where(eq(person.id, actor.personId));
  const email = row?.email ?? '';
  const known = await db.$client.query('select 1 from account where email = $1', [email]);
  if (known.rows.length === 0) await addAccount(db, actor);
  return email;
}

describe('an open call', () => {
  it('shows the reviewer who applies, with the documents; nobody else reads either', async () => {
    const { about, reviewer, page } = await assigned();
    const someone = await signedIn(reviewer);
    const seen = await someone.get(page);
    expect(seen.text).toContain('plan.pdf');
    expect(seen.text).toContain(ENDORSEMENT);
    // The row is there, its bytes are nobody's business here: what counts is that it is not hidden.
    const file = await fileOf(about.id);
    const other = await signedIn(await addPerson(db, 'GIREDMET', ['reviewer']));
    expect((await other.get(page)).status).toBe(404);
    expect((await other.post(page, { intent: 'submit', ...typedReview(3, 3) })).status).toBe(404);
    expect((await other.get(file)).status).toBe(404);
    expect((await home.get(page)).status).toBe(404);
  });
});

describe('a review', () => {
  it('is saved, refused while incomplete with what was typed, and submitted', async () => {
    const { about, reviewer, page } = await assigned();
    const someone = await signedIn(reviewer, 'ru');
    const revision = hiddenIn((await someone.get(page)).text, 'revision');
    const half = { revision, intent: 'submit', ...typedReview(3, '') };
    const refused = await someone.post(page, half);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Поставьте оценку');
    expect(refused.text).toContain(typedReview(3, 3).comment);
    expect(refused.text).toMatch(/<input(?=[^>]*name="score.novelty")(?=[^>]*value="3")(?=[^>]*checked)/);
    const saved = await someone.post(page, { ...half, intent: 'save' }, { follow: false });
    expect([saved.status, saved.location]).toEqual([303, page]);
    const stale = await someone.post(page, { ...half, ...typedReview(1, 1) });
    expect(stale.status).toBe(409);
    const fresh = hiddenIn((await someone.get(page)).text, 'revision');
    const whole = { revision: fresh, intent: 'submit', ...typedReview(3, 2) };
    expect((await someone.post(page, whole, { follow: false })).location).toBe('/reviews');
    // A double submit changes nothing and says so.
    expect((await someone.post(page, whole)).text).toContain('уже представлена');
    const board = await home.get(`/calls/${await callOf(about.id)}/reviews`);
    expect(board.text).toContain('2.60');
    const detail = await home.get(`/calls/${await callOf(about.id)}/reviews/${about.reference}`);
    expect(detail.text).toContain('Between us: fund this first.');
  });

  it('shows the applicant its comment once the call is decided, never the confidential part or the reviewer', async () => {
    const { found, about, reviewer } = await assigned();
    await submitGrades(db, about.id, reviewer, [3, 3], found.after);
    const applicant = await signedIn(about.applicant);
    const record = `/exchanges/${about.reference}`;
    expect((await applicant.get(record)).text).not.toContain('raffinate');
    await db.update(call).set({ state: 'decided' }).where(eq(call.reference, found.call));
    const after = (await applicant.get(record)).text;
    expect(after).toContain('raffinate');
    expect(after).not.toContain('Between us');
    expect(after).not.toContain(reviewer.personId);
  });
});

async function callOf(applicationId: string): Promise<string> {
  const { rows } = await db.$client.query<{ reference: string }>(
    'select c.reference from application a join call c on c.id = a.call_id where a.id = $1',
    [applicationId],
  );
  return rows[0]?.reference ?? '';
}

describe('the committee', () => {
  it('assigns as proposed, takes back, reminds, and never sees what is not submitted', async () => {
    const found = await addReviewCall(db, people, now, { applicants: 2 });
    await addPerson(db, 'GIREDMET', ['reviewer']);
    await addPerson(db, 'IITISM', ['reviewer']);
    const base = `/calls/${found.call}`;
    const preview = await home.get(`${base}/reviews/balance`);
    const seats = [...preview.text.matchAll(/name="seat" value="([^"]+)"/g)].map((one) => one[1] ?? '');
    expect(seats).toHaveLength(4);
    const form = { seat: seats, dueOn: hiddenIn(preview.text, 'dueOn', 'type="date"') || found.dueOn };
    const done = await home.post(`${base}/reviews/balance`, form, { follow: false });
    expect([done.status, done.location]).toEqual([303, `${base}/reviews`]);
    // The other coordinator's preview was of the same places.
    expect((await host.post(`${base}/reviews/balance`, form)).status).toBe(409);
    expect((await home.post(`${base}/reviews`, {})).text).toContain('reviewers are reminded');
    expect((await home.post(`${base}/reviews`, {})).status).toBe(422);
    const [one] = found.applications;
    const detail = await home.get(`${base}/reviews/${one?.reference}`);
    const decision = {
      intent: 'release',
      review: hiddenIn(detail.text, 'review'),
      revision: hiddenIn(detail.text, 'revision'),
    };
    expect((await home.post(`${base}/reviews/${one?.reference}`, decision)).text).toContain('taken back');
    expect((await home.get(`${base}/reviews/EX-2026-9999`)).status).toBe(404);
    expect((await home.post(`${base}/reviews/balance`, { seat: 'x', dueOn: found.dueOn })).status).toBe(422);
  });

  it('signs the ranking on both sides, reads the protocol, and nobody else does', async () => {
    const { found, about, reviewer } = await assigned({ call: { reviewersPerApplication: 1 } });
    await submitGrades(db, about.id, reviewer, [3, 3], found.after);
    const page = `/calls/${found.call}/ranking`;
    const form = (await home.get(page)).text;
    const fields = {
      intent: 'fix',
      hash: '',
      standings: hiddenIn(form, 'standings'),
      'reserve.ru': '1',
      'text.en': 'Minutes',
    };
    const refused = await home.post(page, fields);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Minutes');
    const fixed = await home.post(page, { ...fields, 'text.ru': 'Протокол' }, { follow: false });
    expect([fixed.status, fixed.location]).toEqual([303, page]);
    for (const [who, complete] of [
      [home, false],
      [host, true],
    ] as const) {
      const shown = (await who.get(page)).text;
      const signature = { intent: 'sign', hash: hiddenIn(shown, 'hash') };
      expect((await who.post(page, signature, { follow: false })).status).toBe(303);
      expect((await who.get(page)).text.includes('name="intent" value="sign"')).toBe(false);
      const [row] = await db.select().from(call).where(eq(call.reference, found.call));
      expect(row?.state).toBe(complete ? 'decided' : 'in-review');
    }
    const paper = await host.get(`${page}.pdf`);
    expect(paper.headers.get('content-type')).toBe('application/pdf');
    const applicant = await signedIn(about.applicant);
    expect((await applicant.get(page)).status).toBe(403);
    expect((await applicant.get(`${page}.pdf`)).status).toBe(403);
    expect((await applicant.get(`/exchanges/${about.reference}?lng=en`)).text).toContain('selected');
  });
});
