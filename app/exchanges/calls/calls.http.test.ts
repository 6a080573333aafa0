import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '#db/schema/exchanges.ts';
import { addApplication, addCall, addExchangePeople } from '#tests/support/exchange.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import type { Visitor } from '#tests/support/visitor.ts';

const portal = await usePortal({ demo: true, jobs: false });
const { db } = portal;
const people = await addExchangePeople(db);
const now = new Date();

const signedIn = async (actor: typeof people.student, lng: 'en' | 'ru' = 'en') => {
  const someone = portal.visitor(lng);
  await someone.signIn(await addAccount(db, actor));
  return someone;
};
const hashIn = (html: string) => /name="hash" value="([^"]+)"/.exec(html)?.[1] ?? '';
/** What the form on a page says as it stands, so that it can be sent back. */
function formIn(html: string): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  const plain = (text: string) =>
    text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&');
  for (const [, attributes = ''] of html.matchAll(/<input ([^>]*)>/g)) {
    const of = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1];
    const [name, type, value] = [of('name'), of('type'), plain(of('value') ?? '')];
    if (!name || ((type === 'radio' || type === 'checkbox') && !/ checked=""/.test(attributes))) continue;
    const known = values[name];
    values[name] = type === 'checkbox' && known ? [known, value].flat() : value;
  }
  for (const [, name = '', inner = ''] of html.matchAll(/<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)</g)) {
    values[name] = plain(inner).replace(/^\n/, '');
  }
  for (const [, name = '', inner = ''] of html.matchAll(
    /<select [^>]*name="([^"]+)"[^>]*>(.*?)<\/select>/gs,
  )) {
    const chosen = /<option [^>]*?value="([^"]*)"[^>]*? selected=""|<option selected="" value="([^"]*)"/.exec(
      inner,
    );
    values[name] = chosen?.[1] ?? chosen?.[2] ?? '';
  }
  return values;
}

/** The row of a table that says this. */
const rowOf = (html: string, words: string) => html.split('<tr').find((row) => row.includes(words)) ?? '';

let student: Visitor;
let home: Visitor;
let host: Visitor;
beforeAll(async () => {
  student = await signedIn(people.student);
  home = await signedIn(people.homeCoordinator);
  host = await signedIn(people.hostCoordinator, 'ru');
});

const both = (name: string, en: string, ru: string) => ({ [`${name}.en`]: en, [`${name}.ru`]: ru });
const form = {
  ...both('title', 'Magnets', 'Магниты'),
  ...both('summary', 'About', 'О чём'),
  ...both('conditions', 'Conditions', 'Условия'),
  ...both('areas', 'Powders\r\nSintering', 'Порошки\r\nСпекание'),
  ...both('costsIn', 'Travel', 'Проезд'),
  ...both('costsRu', 'Lodging', 'Проживание'),
  ...both('criterion.1.title', 'Work plan', 'План работы'),
  ...both('criterion.3.title', 'Use', 'Польза'),
  ...both('grade.1', 'Weak', 'Слабо'),
  ...both('grade.2', 'Fair', 'Средне'),
  ...both('grade.3', 'Strong', 'Сильно'),
  ...both('document.2.title', 'Safety certificate', 'Удостоверение по охране труда'),
  'criterion.1.weight': '60',
  'criterion.3.weight': '40',
  'scale.min': '1',
  'scale.max': '3',
  'document.2.need': 'optional',
  'ask.plan': 'required',
  'ask.cv': 'optional',
  reviewersPerApplication: '2',
  blindReview: 'blind',
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
  signerIn: people.homeCoordinator.institutionId,
  signerRu: people.hostCoordinator.institutionId,
};

describe('the form of a call', () => {
  it('is refused at each wrong field, and keeps what was typed', async () => {
    expect((await student.get('/exchanges/calls/new')).status).toBe(403);
    const refused = await home.post('/exchanges/calls/new', {
      ...form,
      'areas.ru': 'Порошки',
      'title.ru': '',
      'criterion.3.title.en': '',
    });
    expect(refused.status).toBe(422);
    for (const field of ['title.ru', 'areas.ru', 'criterion.3.title.en']) {
      expect(refused.text).toContain(`id="${field}-error"`);
    }
    expect(refused.text).toContain('Удостоверение по охране труда');
    const unbalanced = await home.post('/exchanges/calls/new', { ...form, 'criterion.3.weight': '30' });
    expect(unbalanced.status).toBe(422);
    expect(unbalanced.text).toContain('must add up to 100');
  });

  it('asks for no criteria where nobody reviews', async () => {
    const ofReviews = /^(criterion|grade|scale)\.|^reviewersPerApplication$|^blindReview$/;
    const plain = Object.fromEntries(Object.entries(form).filter(([name]) => !ofReviews.test(name)));
    const drafted = await home.post('/exchanges/calls/new', plain, { follow: false });
    expect(drafted.status).toBe(303);
  });

  it('shows the grades of another scale without saving anything', async () => {
    const [before] = await db.select({ count: call.id }).from(call);
    const wider = await home.post('/exchanges/calls/new', { ...form, 'scale.max': '10', intent: 'scale' });
    expect(wider.status).toBe(200);
    expect(wider.text).toContain('name="grade.10.ru"');
    expect(wider.text).toContain('Сильно');
    const [after] = await db.select({ count: call.id }).from(call);
    expect(after).toEqual(before);
  });

  it('is drafted, changed and signed by both before anybody else sees it', async () => {
    const drafted = await home.post('/exchanges/calls/new', form, { follow: false });
    expect(drafted.status).toBe(303);
    const page = drafted.location ?? '';
    const callPath = page.replace('/signature', '');
    expect((await student.get(callPath)).status).toBe(404);
    const shown = await host.get(page);
    expect(shown.text).toContain('Удостоверение по охране труда');
    await host.post(page, { hash: hashIn(shown.text) });
    const editing = await home.get(`${callPath}/edit`);
    // Sent back as it stands, nothing of it is lost: it is the same text.
    const same = await home.post(`${callPath}/edit`, formIn(editing.text));
    expect(same.status).toBe(422);
    expect(same.text).toContain('Nothing was changed');
    const change = { ...formIn(editing.text), 'criterion.1.weight': '70', 'criterion.2.weight': '30' };
    await home.post(`${callPath}/edit`, change);
    const changed = await host.get(`${page}?lng=en`);
    expect(changed.text).toContain('voided when the text was changed');
    expect(changed.text).toContain('What changed since version 1');
    expect(changed.text).toContain('Weight of criterion Work plan');
    expect((await host.post(page, { hash: hashIn(shown.text) })).status).toBe(409);
    for (const who of [home, host]) await who.post(page, { hash: hashIn(changed.text) });
    const published = await portal.visitor('ru').get(callPath);
    expect(published.status).toBe(200);
    expect(published.text).toContain('15:30');
    expect(published.text).toContain('Каждую заявку оценивают 2');
    expect(published.text).toContain('Сильно');
    const moved = await home.post(`${callPath}/edit`, {
      ...formIn((await home.get(`${callPath}/edit`)).text),
      deadline: '2099-01-05T18:00',
    });
    expect(moved.status).toBe(422);
    expect(moved.text).toContain('moved by an extension');
  });
});

describe('a call in force', () => {
  it('is extended by what both sign, and says why', async () => {
    const reference = await addCall(db, people, now);
    const page = `/calls/${reference}/extension`;
    expect((await student.get(page)).status).toBe(403);
    const values = formIn((await home.get(page)).text);
    const typed = { ...values, 'extension.en': 'A holiday', 'extension.ru': '' };
    const refused = await home.post(page, typed);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('id="extension.ru-error"');
    expect(refused.text).toContain('A holiday');
    const later = {
      deadline: '2099-01-01T12:00',
      nominateBy: '2099-02-01T12:00',
      answerBy: '2099-03-01T12:00',
    };
    const proposed = await home.post(page, { ...typed, ...later, 'extension.ru': 'Праздник' });
    expect(proposed.text).toContain('An extension is proposed');
    expect((await host.get('/home')).text).toContain(reference);
    const hash = hashIn(proposed.text);
    await home.post(`/calls/${reference}/signature`, { hash });
    const signed = await host.post(`/calls/${reference}/signature`, { hash });
    expect(signed.text).toContain('The deadline is extended');
    const seen = await portal.visitor('ru').get(`/calls/${reference}`);
    expect(seen.text).toContain('Праздник');
    expect(seen.text).toContain('2099');
  });

  it('is cancelled by what both sign; its applicants read why, and nobody submits or decides', async () => {
    const reference = await addCall(db, people, now);
    const draft = await addApplication(db, people.student, reference, now, { submit: false });
    const handedIn = await addApplication(db, await addPerson(db, 'IITISM', ['student']), reference, now);
    const page = `/calls/${reference}/cancellation`;
    const reason = { 'cancellation.en': 'No laboratory', 'cancellation.ru': 'Нет лаборатории' };
    const proposed = await home.post(page, { hash: hashIn((await home.get(page)).text), ...reason });
    const hash = hashIn(proposed.text);
    await home.post(`/calls/${reference}/signature`, { hash });
    await host.post(`/calls/${reference}/signature`, { hash });
    expect((await home.get(page)).status).toBe(409);
    expect((await portal.visitor('ru').get(`/calls/${reference}`)).text).toContain('Нет лаборатории');
    expect((await student.get('/inbox')).text).toContain(reference);
    const apply = await student.get(`/calls/${reference}/apply`);
    expect(apply.text).toContain('No laboratory');
    const late = await student.post(`/calls/${reference}/apply/check`, { revision: draft.revision });
    expect(late.status).toBe(422);
    expect(late.text).toContain('has been cancelled');
    const eligibility = await home.post(`/exchanges/${handedIn.reference}/eligibility`, {
      decision: 'eligible',
      revision: handedIn.revision,
    });
    expect(eligibility.status).toBe(409);
  });

  it('past its deadline refuses to the second, keeps the draft, and says whom to write to', async () => {
    const reference = await addCall(db, people, now);
    const applicant = await addPerson(db, 'IITISM', ['student']);
    const draft = await addApplication(db, applicant, reference, now, { submit: false });
    const late = await signedIn(applicant);
    const soon = new Date(Date.now() + 90_000);
    await db.update(call).set({ deadline: soon }).where(eq(call.reference, reference));
    const before = await late.get(`/calls/${reference}`);
    expect(before.text).toMatch(/data-left="8\d">00:01:2\d</);
    await db
      .update(call)
      .set({ deadline: new Date(Date.now() - 1) })
      .where(eq(call.reference, reference));
    const refused = await late.post(`/calls/${reference}/apply/check`, { revision: draft.revision });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('The deadline of this call has passed');
    const [coordinator] = await db.$client
      .query<{ email: string }>('select email from person where id = $1', [people.homeCoordinator.personId])
      .then(({ rows }) => rows);
    expect(refused.text).toContain(`mailto:${coordinator?.email}`);
    expect(refused.text).not.toContain('mailto:host');
    expect((await late.get(`/calls/${reference}`)).text).toContain(`mailto:${coordinator?.email}`);
    expect((await portal.visitor().get(`/calls/${reference}`)).text).not.toContain('mailto:');
    const kept = await late.get(`/calls/${reference}/apply`);
    expect(kept.text).toContain('is kept');
  });
});

describe('the calendar of working days', () => {
  it('is read by either side and corrected by its own administrators', async () => {
    const administrator = await signedIn(await addPerson(db, 'GIREDMET', ['institution-admin']), 'ru');
    const day = {
      day: '2027-07-16',
      kind: 'holiday',
      'name.en': 'Metallurgist’s day',
      'name.ru': 'День металлурга',
      source: 'Приказ № 7',
    };
    const refused = await administrator.post('/people/calendar?side=ru&year=2027', { ...day, 'name.en': '' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('id="name.en-error"');
    expect(refused.text).toContain('Приказ № 7');
    const added = await administrator.post('/people/calendar?side=ru', day);
    expect(added.text).toContain('День металлурга');
    expect((await administrator.post('/people/calendar?side=in', day)).status).toBe(403);
    const seen = await home.get('/people/calendar?side=ru&year=2027');
    expect(seen.text).toContain('Metallurgist’s day');
    expect(seen.text).not.toContain('name="remove"');
    const [, id = ''] = /name="remove" value="([^"]+)"/.exec(rowOf(added.text, 'День металлурга')) ?? [];
    const remove = { remove: id };
    expect((await administrator.post('/people/calendar?side=ru&year=2027', remove)).text).not.toContain(
      'День металлурга',
    );
    expect((await administrator.post('/people/calendar?side=ru&year=2027', remove)).status).toBe(409);
    expect((await home.post('/people/calendar?side=ru', remove)).status).toBe(403);
  });
});
