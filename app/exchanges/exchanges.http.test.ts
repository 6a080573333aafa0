import { describe, expect, it } from 'vitest';
import { addApplication, addCall, addExchangePeople, revisionOf } from '#tests/support/exchange.ts';
import { usePortal } from '#tests/support/portal.ts';
import { smallPdf } from '#tests/support/small-pdf.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';

const portal = await usePortal({ demo: true, jobs: false });
const { db } = portal;
const people = await addExchangePeople(db);
const now = new Date();
const reference = await addCall(db, people, now);

const signedIn = async (actor: typeof people.student, lng: 'en' | 'ru' = 'en') => {
  const someone = portal.visitor(lng);
  await someone.signIn(await addAccount(db, actor));
  return someone;
};
const revisionIn = (html: string) => /name="revision" value="([^"]+)"/.exec(html)?.[1] ?? '';
const newStudent = () => addPerson(db, 'IITISM', ['student']);
const bytes = new Uint8Array(smallPdf('Plan'));
const _pdf = () => new File([bytes], 'plan.pdf', { type: 'application/pdf' });

const student = await signedIn(people.student);
const home = await signedIn(people.homeCoordinator);
const host = await signedIn(people.hostCoordinator, 'ru');

describe('pens', () => {
  it('are refused to those who do not hold them', async () => {
    const applicant = await newStudent();
    const { reference: application } = await addApplication(db, applicant, reference, now);
    const revision = await revisionOf(db, application);
    const own = await signedIn(applicant);
    const nominate = { decision: 'nominate', confirmed: 'on', revision };
    const status = async (who: typeof own, page: string, fields?: Record<string, string>) =>
      (fields
        ? await who.post(`/exchanges/${application}/${page}`, fields)
        : await who.get(`/exchanges/${application}/${page}`)
      ).status;
    expect(await status(own, 'nomination')).toBe(403);
    expect(await status(own, 'nomination', nominate)).toBe(403);
    expect(await status(student, 'nomination')).toBe(404);
    expect(await status(student, 'nomination', nominate)).toBe(404);
    expect(await status(host, 'nomination', nominate)).toBe(403);
    expect(await status(home, 'answer', { decision: 'accept', revision })).toBe(403);
    expect(await status(home, 'withdrawal', { revision })).toBe(403);
    const elsewhere = await signedIn(await addPerson(db, 'TEXMIN', ['coordinator']));
    expect(await status(elsewhere, 'nomination', nominate)).toBe(404);
    expect((await elsewhere.get(`/exchanges/${application}`)).status).toBe(404);
    expect((await student.get('/exchanges/calls/new')).status).toBe(403);
    const forged = await home.post(`/exchanges/${application}/nomination`, nominate, {
      origin: 'https://evil.example',
    });
    expect(forged.status).toBe(403);
  });

  it('that were used meanwhile leave a form that says so and keeps what was typed', async () => {
    const { reference: application } = await addApplication(db, await newStudent(), reference, now);
    const second = await signedIn(await addPerson(db, 'IITISM', ['coordinator']));
    const page = `/exchanges/${application}/nomination`;
    const revision = revisionIn((await second.get(page)).text);
    await home.post(page, { decision: 'nominate', confirmed: 'on', revision });
    const late = await second.post(page, { decision: 'decline', reason: 'A long reason', revision });
    expect(late.status).toBe(409);
    expect(late.text).toContain('A long reason');
    expect((await second.get(page)).text).toContain('This step has been taken');
  });
});

describe('a call', () => {
  const form = {
    'title.en': 'Magnets',
    'title.ru': 'Магниты',
    'summary.en': 'About',
    'summary.ru': 'О чём',
    'conditions.en': 'Conditions',
    'conditions.ru': 'Условия',
    'areas.en': 'Powders\r\nSintering',
    'areas.ru': 'Порошки\r\nСпекание',
    eligible: ['student', 'engineer'],
    deadlineZone: 'Asia/Kolkata',
    opensAt: '2026-01-01T10:00',
    deadline: '2099-01-01T18:00',
    nominateBy: '2099-02-01T18:00',
    answerBy: '2099-03-01T18:00',
    stayFrom: '2099-04-01',
    stayUntil: '2099-12-01',
    weeksMin: '4',
    weeksMax: '12',
    direction: 'in-ru',
    placesToRu: '2',
    placesToIn: '',
    'costsIn.en': 'Travel',
    'costsIn.ru': 'Проезд',
    'costsRu.en': 'Lodging',
    'costsRu.ru': 'Проживание',
    documents: ['plan', 'cv'],
    signerIn: people.homeCoordinator.institutionId,
    signerRu: people.hostCoordinator.institutionId,
  };

  it('is drafted, changed and signed by both before anybody else sees it', async () => {
    const refused = await home.post('/exchanges/calls/new', {
      ...form,
      'areas.ru': 'Порошки',
      'title.ru': '',
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('id="title.ru-error"');
    expect(refused.text).toContain('id="areas.ru-error"');
    expect(refused.text).toContain('О чём');
    const drafted = await home.post('/exchanges/calls/new', form, { follow: false });
    expect(drafted.status).toBe(303);
    const page = drafted.location ?? '';
    const callPath = page.replace('/signature', '');
    expect((await student.get(callPath)).status).toBe(404);
    const hashIn = (html: string) => /name="hash" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const shown = await host.get(page);
    await host.post(page, { hash: hashIn(shown.text) });
    const editing = await home.get(`${callPath}/edit`);
    expect(editing.text).toContain('value="2099-01-01T18:00"');
    await home.post(`${callPath}/edit`, { ...form, weeksMax: '10', hash: hashIn(editing.text) });
    const changed = await host.get(`${page}?lng=en`);
    expect(changed.text).toContain('voided when the text was changed');
    expect(changed.text).toContain('What changed since version 1');
    expect((await host.post(page, { hash: hashIn(shown.text) })).status).toBe(409);
    for (const who of [home, host]) await who.post(page, { hash: hashIn(changed.text) });
    const published = await portal.visitor('ru').get(callPath);
    expect(published.status).toBe(200);
    expect(published.text).toContain('15:30');
  });
});

describe('the list', () => {
  it('answers nonsense in its address as if it were not there', async () => {
    const answer = await home.get(
      '/exchanges?state=archived&after=x_y&party=me&search=%25%5C_&before=9999-99-99',
    );
    expect(answer.status).toBe(200);
    expect((await home.get('/exchanges?after=2026-99-99T00:00:00.000000Z_not-an-id')).status).toBe(200);
  });
});
