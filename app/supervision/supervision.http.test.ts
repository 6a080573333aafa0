import { desc, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { session } from '#db/schema/people.ts';
import { progressReport } from '#db/schema/supervision.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson, addThesis } from '#tests/support/thesis.ts';
import type { Answer, Visitor } from '#tests/support/visitor.ts';

const portal = await usePortal({ jobs: false, demo: true });
const { db } = portal;

async function signedIn(actor: PersonActor, lng: 'en' | 'ru' = 'en'): Promise<Visitor> {
  const visitor = portal.visitor(lng);
  await visitor.signIn(await addAccount(db, actor));
  return visitor;
}

const { reference, ...people } = await addThesis(db, { title: { en: 'Tailings recovery: study 1', ru: '' } });
const candidate = await signedIn(people.candidate);
const supervisor = await signedIn(people.supervisor);
const coSupervisor = await signedIn(people.coSupervisor, 'ru');
const coordinator = await signedIn(await addPerson(db, 'GIREDMET', ['coordinator']), 'ru');
const { supervisor: elsewhere } = await addThesis(db);
const stranger = await signedIn(elsewhere);

const thesisPage = `/supervision/${reference}`;
const reportPage = `${thesisPage}/reports/1`;

/** What a page's form carries unseen, as a browser would send it. */
const hidden = (answer: Answer, name: string) =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(answer.text)?.[1] ?? '';

async function send(visitor: Visitor, page: string, fields: Record<string, string>) {
  const form = await visitor.get(page);
  const [revision, hash] = [hidden(form, 'revision'), hidden(form, 'hash')];
  return visitor.post(page, { revision, hash, ...fields }, { follow: false });
}

const report = {
  'done.en': 'Twelve leaching series on Donskoi tailings.',
  'done.ru': '',
  shareDone: '45',
  'publications.en': '',
  'publications.ru': '',
  'plan.en': '',
  'plan.ru': 'Укрупнённые испытания.',
  'difficulties.en': '',
  'difficulties.ru': '',
};
const secret = 'The mass balance is not closed';
const opinion = { 'text.en': secret, 'text.ru': '', outcome: 'unsatisfactory' };

// One record on its way; the tests stand in its order.
describe('a progress report over HTTP', () => {
  test('begins with its candidate, who alone reads the draft', async () => {
    const page = await candidate.get(thesisPage);
    const halfYear = { year: hidden(page, 'year'), half: hidden(page, 'half') };
    const started = await candidate.post(thesisPage, halfYear, { follow: false });
    expect(started).toMatchObject({ status: 303, location: `${reportPage}/edit` });
    const saved = await send(candidate, `${reportPage}/edit`, { ...report, intent: 'draft' });
    expect(saved.status).toBe(303);
    expect((await candidate.get(`${reportPage}/edit`)).text).toContain('Twelve leaching series');
    for (const other of [supervisor, coSupervisor, coordinator]) {
      const page = await other.get(reportPage);
      expect(page.status).toBe(200);
      expect(page.text).not.toContain('Twelve leaching series');
    }
  });

  test.each([
    ['/supervision', 200],
    [thesisPage, 404],
    [reportPage, 404],
    [`${reportPage}/edit`, 404],
    [`${reportPage}/opinion`, 404],
    [`${reportPage}/return`, 404],
    [`${reportPage}/decision`, 404],
    [`${reportPage}/decision/edit`, 404],
  ])('a supervisor of another thesis who opens %s gets %i', async (page, status) => {
    const answer = await stranger.get(page);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('study 1');
  });

  test('no report, no thesis and no number that is none are all not found', async () => {
    for (const page of [
      `${thesisPage}/reports/2`,
      `${thesisPage}/reports/1e0`,
      '/supervision/TH-1999-0001',
    ]) {
      expect((await candidate.get(page)).status).toBe(404);
    }
  });

  test('what is visible but not allowed is forbidden, read or posted', async () => {
    const pages: [Visitor, string][] = [
      [supervisor, '/edit'],
      [coordinator, '/edit'],
      [candidate, '/opinion'],
      [coordinator, '/opinion'],
      [candidate, '/return'],
      [candidate, '/decision/edit'],
      [coordinator, '/decision/edit'],
    ];
    for (const [visitor, page] of pages) {
      expect((await visitor.get(`${reportPage}${page}`)).status, page).toBe(403);
      expect((await visitor.post(`${reportPage}${page}`, opinion)).status, page).toBe(403);
    }
    expect((await candidate.post(`${reportPage}/decision`, { hash: '0' })).status).toBe(403);
    expect((await supervisor.post(thesisPage, { year: '2026', half: '2' })).status).toBe(403);
  });

  test('a refused form keeps what was typed and says what is wrong', async () => {
    const wrong = { ...report, 'plan.ru': '', shareDone: 'half', intent: 'submit' };
    const answer = await send(candidate, `${reportPage}/edit`, wrong);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Twelve leaching series');
    expect(answer.text).toContain('value="half"');
    expect(answer.text).toContain('href="#plan.en"');
    expect(answer.text).toContain('Give the share as a whole number from 0 to 100.');
  });

  test('is submitted, and refused when the form is older than the record', async () => {
    const stale = await candidate.post(
      `${reportPage}/edit`,
      { ...report, revision: '0197a000-0000-7000-8000-000000000001', intent: 'submit' },
      { follow: false },
    );
    expect(stale.status).toBe(409);
    expect(stale.text).toContain('Twelve leaching series');
    const submitted = await send(candidate, `${reportPage}/edit`, { ...report, intent: 'submit' });
    expect(submitted).toMatchObject({ status: 303, location: reportPage });
    expect((await supervisor.get(reportPage)).text).toContain('Twelve leaching series');
  });

  test('an opinion is sealed for everybody but its author until both are in', async () => {
    const given = await send(supervisor, `${reportPage}/opinion`, opinion);
    expect(given).toMatchObject({ status: 303, location: reportPage });
    expect((await supervisor.get(reportPage)).text).toContain(secret);
    const sealed = { en: 'received, opens when both are in', ru: 'получен, откроется, когда поступят оба' };
    for (const [visitor, lng] of [
      [candidate, 'en'],
      [coSupervisor, 'ru'],
      [coordinator, 'ru'],
    ] as const) {
      for (const page of [
        reportPage,
        `${reportPage}.data`,
        thesisPage,
        '/supervision',
        '/home',
        '/inbox',
        '/audit',
      ]) {
        const { text } = await visitor.get(page);
        expect(text, page).not.toContain(secret);
        expect(text, page).not.toMatch(/unsatisfactory|не аттестован/i);
      }
      expect((await visitor.get(reportPage)).text).toContain(sealed[lng]);
    }
    const { text } = await coSupervisor.get(`${reportPage}/opinion`);
    expect(text).not.toContain(secret);

    const again = await send(supervisor, `${reportPage}/opinion`, opinion);
    expect(again.status).toBe(409);
    const second = { 'text.en': '', 'text.ru': 'Баланс сойдётся к лету.', outcome: 'with-remarks' };
    expect((await send(coSupervisor, `${reportPage}/opinion`, second)).status).toBe(303);
    for (const visitor of [candidate, coSupervisor, coordinator]) {
      expect((await visitor.get(reportPage)).text).toContain(secret);
    }
  });

  test('the decision is signed with a fresh sign-in and the hash that was shown', async () => {
    const decision = { outcome: 'with-remarks', 'text.en': 'Passed with remarks.', 'text.ru': 'Аттестован.' };
    const page = `${reportPage}/decision`;
    expect((await send(supervisor, `${page}/edit`, decision)).location).toBe(page);
    expect((await supervisor.post(page, { hash: 'f'.repeat(64) })).status).toBe(409);

    const former = await coSupervisor.get(page);
    expect((await send(supervisor, page, {})).location).toBe(page);
    const changed = { ...decision, 'text.ru': 'Аттестован с замечаниями.' };
    expect((await send(coSupervisor, `${page}/edit`, changed)).status).toBe(303);
    const stale = await coSupervisor.post(page, { hash: hidden(former, 'hash') });
    expect(stale.status).toBe(409);
    const shown = await supervisor.get(page);
    expect(shown.text).toContain('What changed from version 1 to version 2');
    expect(shown.text).toContain('voided when version 2 was written');

    const late = await signedInLongAgo();
    const asked = await send(late, page, {});
    expect(asked).toMatchObject({
      status: 303,
      location: `/account/confirm?next=${encodeURIComponent(page)}`,
    });

    expect((await send(supervisor, page, {})).status).toBe(303);
    expect(await stateOf()).toBe('decision-proposed');
    expect((await send(coSupervisor, page, {})).location).toBe(reportPage);
    expect(await stateOf()).toBe('decided');
    expect((await send(coSupervisor, page, { hash: hidden(shown, 'hash') })).status).toBe(409);
    expect((await candidate.get(reportPage)).text).toContain('Both have signed: with remarks');
  });

  test('another site’s form changes nothing', async () => {
    const forged = await candidate.post(
      thesisPage,
      { year: '2026', half: '2' },
      { origin: 'https://elsewhere.example' },
    );
    expect(forged.status).toBe(403);
  });
});

/** The same supervisor in a new session whose password was asked for long ago. */
async function signedInLongAgo(): Promise<Visitor> {
  const visitor = await signedIn(people.supervisor);
  const [newest] = await db
    .select({ id: session.id })
    .from(session)
    .orderBy(desc(session.createdAt))
    .limit(1);
  await db
    .update(session)
    .set({ confirmedAt: new Date(0) })
    .where(eq(session.id, newest?.id ?? ''));
  return visitor;
}

async function stateOf(): Promise<string | undefined> {
  const [row] = await db.select({ state: progressReport.state }).from(progressReport);
  return row?.state;
}
