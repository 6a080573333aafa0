import { eq } from 'drizzle-orm';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { closePassed } from '#app/exchanges/calls/jobs.ts';
import { personName } from '#app/people/person-name.ts';
import { searchText } from '#app/people/search-text.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { listMailbox } from '#app/platform/mailer-mailbox.server.ts';
import { call as callTable } from '#db/schema/exchanges.ts';
import { person, type Role } from '#db/schema/people.ts';
import enAccount from '#locales/en/account.json' with { type: 'json' };
import enCommon from '#locales/en/common.json' with { type: 'json' };
import enExchanges from '#locales/en/exchanges.json' with { type: 'json' };
import enMail from '#locales/en/mail.json' with { type: 'json' };
import enPlacements from '#locales/en/placements.json' with { type: 'json' };
import enReviews from '#locales/en/reviews.json' with { type: 'json' };
import enVerification from '#locales/en/verification.json' with { type: 'json' };
import ruAccount from '#locales/ru/account.json' with { type: 'json' };
import ruCommon from '#locales/ru/common.json' with { type: 'json' };
import ruExchanges from '#locales/ru/exchanges.json' with { type: 'json' };
import ruMail from '#locales/ru/mail.json' with { type: 'json' };
import ruPlacements from '#locales/ru/placements.json' with { type: 'json' };
import ruReviews from '#locales/ru/reviews.json' with { type: 'json' };
import ruVerification from '#locales/ru/verification.json' with { type: 'json' };
import {
  collectComplaints,
  expectAccessible,
  noHorizontalScroll,
  useBrowser,
} from '#tests/support/browser.ts';
import {
  addApplication,
  addCall,
  type ExchangePeople,
  makeEligible,
  rubric,
  typedApplication,
} from '#tests/support/exchange.ts';
import { usePortal } from '#tests/support/portal.ts';
import { assignAll, submitGrades } from '#tests/support/review.ts';
import { smallPdf } from '#tests/support/small-pdf.ts';
import { stayRow, typedProgramme } from '#tests/support/stay.ts';
import { addAccount, addPerson, type InstitutionCode } from '#tests/support/thesis.ts';
import { demoPassword } from '#tests/support/visitor.ts';

const portal = await usePortal({ demo: true });
const { db } = portal;
const { newPage } = await useBrowser();
const words = {
  en: {
    account: enAccount,
    common: enCommon,
    exchanges: enExchanges,
    mail: enMail.exchanges,
    placements: enPlacements,
    reviews: enReviews,
    verification: enVerification,
  },
  ru: {
    account: ruAccount,
    common: ruCommon,
    exchanges: ruExchanges,
    mail: ruMail.exchanges,
    placements: ruPlacements,
    reviews: ruReviews,
    verification: ruVerification,
  },
};

type Lng = 'en' | 'ru';
type Words = (typeof words)[Lng];
type Options = {
  lng: Lng;
  width: number;
  javaScriptEnabled: boolean;
  /** The home supervisor has no account and answers through the link of the mail. */
  byLink: boolean;
};
type Name = { givenName: string; familyName: string; givenNameRu: string; familyNameRu: string };

/** Nobody has a namesake here: people are chosen by what stands on the page. */
const GIVEN = [
  ['Deepika', 'Дипика'],
  ['Sunita', 'Сунита'],
  ['Anna', 'Анна'],
  ['Elena', 'Елена'],
  ['Priya', 'Прия'],
] as const;
const FAMILY = [
  ['Kumari', 'Кумари'],
  ['Roy', 'Рой'],
  ['Singh', 'Сингх'],
  ['Vint', 'Винт'],
  ['Ghosh', 'Гхош'],
] as const;
const NAMES = GIVEN.flatMap(([givenName, givenNameRu]) =>
  FAMILY.map(([familyName, familyNameRu]): Name => ({ givenName, familyName, givenNameRu, familyNameRu })),
);

function nextName(): Name {
  const name = NAMES.shift();
  if (!name) throw new Error('Too few names');
  return name;
}

type Actor = PersonActor & { name: Name };

/** A person whose mail comes in the language of the case; `known`: the portal holds both spellings already. */
async function addActor(lng: Lng, code: InstitutionCode, roles: Role[], known = true): Promise<Actor> {
  const actor = await addPerson(db, code, roles);
  const name = nextName();
  const spelling = known
    ? ({
        ...name,
        search: searchText(name),
        latinSpelling: 'confirmed',
        cyrillicSpelling: 'confirmed',
      } as const)
    : {};
  await db
    .update(person)
    .set({ ...spelling, locale: lng })
    .where(eq(person.id, actor.personId));
  return { ...actor, locale: lng, name };
}

/** What the pages of the case at hand complained about until they were closed. */
const unexpected: string[] = [];

/** A fresh visitor who signs in at the door, as the person would. */
async function signIn(actor: PersonActor, options: Options): Promise<Page> {
  const page = await visit(options);
  const email = await addAccount(db, actor);
  await page.goto(`/sign-in?lng=${options.lng}`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(demoPassword);
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL(/\/home/);
  return page;
}

async function visit({ lng, width, javaScriptEnabled }: Options): Promise<Page> {
  const page = await newPage({ baseURL: portal.url, lng, width, javaScriptEnabled });
  const complaints = collectComplaints(page);
  // A refused form answers 422, which the console says too.
  page.on('close', () => unexpected.push(...complaints.filter((one) => !one.includes('status of 422'))));
  return page;
}

async function look(page: Page): Promise<void> {
  await expectAccessible(page);
  await noHorizontalScroll(page);
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click();
const said = (page: Page, text: string) =>
  page.locator('main').getByText(text, { exact: true }).first().waitFor();
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** The text with its values in it, as the portal would say it. */
const filled = (text: string, values: Record<string, string>) =>
  Object.entries(values).reduce((all, [name, value]) => all.replaceAll(`{{${name}}}`, value), text);

/** The control under a label; the label may go on with “(optional)”. */
function field(scope: Page | Locator, label: string): Locator {
  // A pattern meets the text as it is, with its non-breaking spaces.
  const text = label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s+');
  return scope
    .getByLabel(new RegExp(`^${text}( \\(|$)`))
    .and(scope.locator('input, textarea, select'))
    .first();
}

/** Both languages of a text, each under its own label. */
async function fillBoth(page: Page, t: Words, legend: string, text: { en: string; ru: string }) {
  const group = page.getByRole('group', { name: legend, exact: true });
  await field(group, t.common.form.inLanguage.en).fill(text.en);
  await field(group, t.common.form.inLanguage.ru).fill(text.ru);
}

/** From the front page to the one task that stands there in these words. */
async function takeUp(page: Page, task: string): Promise<void> {
  await page.goto('/home');
  await follow(page, task);
}

/** A paper behind a link is a PDF that opens. */
async function expectPaper(page: Page, name: string): Promise<void> {
  const href = await page.getByRole('link', { name, exact: true }).first().getAttribute('href');
  const answer = await page.request.get(href ?? '/no-paper');
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toContain('application/pdf');
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
}

/** A whole call: two reviewers for each application, one place. */
async function announce(options: Options, now: Date) {
  const { lng } = options;
  const people: ExchangePeople & { student: Actor } = {
    student: await addActor(lng, 'IITISM', ['student'], false),
    homeCoordinator: await addActor(lng, 'IITISM', ['coordinator']),
    hostCoordinator: await addActor(lng, 'GIREDMET', ['coordinator']),
  };
  const round = `${lng} ${options.javaScriptEnabled ? 'with' : 'without'} script`;
  const title = { en: `Rare earths, ${round}`, ru: `Редкие земли, ${round}` };
  const change = { title, rubric, reviewersPerApplication: 2, blindReview: true, placesToRu: 1 };
  const call = await addCall(db, people, now, change);
  return { people, call, title: title[lng], plan: `Solvent extraction, ${round}` };
}

/** The application from the task list to the coordinator who finds it eligible. */
async function apply(options: Options) {
  const { lng, byLink } = options;
  const t = words[lng];
  const { exchanges: x } = t;
  const now = new Date();
  const told = await announce(options, now);
  const { people, call, title, plan } = told;
  const { name } = people.student;
  const shownName = personName(name, lng);
  const list = `/calls/${call}/apply`;
  const typed = typedApplication(now);
  const professor = byLink ? null : await addActor(lng, 'IITISM', ['supervisor']);

  // From the call to its task list, each step with what it asks.
  const student = await signIn(people.student, options);
  await student.goto('/calls');
  await follow(student, title);
  await heading(student, title);
  await look(student);
  await follow(student, x.call.apply);
  await student.waitForURL(new RegExp(`${list}$`));
  await look(student);
  await follow(student, x.apply.step.person);
  await heading(student, x.apply.step.person);
  await look(student);

  // The name as certificates will print it is confirmed by its owner.
  await follow(student, x.person.change);
  const own = student.locator('#profile');
  for (const one of ['givenName', 'familyName', 'givenNameRu', 'familyNameRu'] as const)
    await field(own, t.account.field[one]).fill(name[one]);
  await own.getByRole('button', { name: t.common.button.save, exact: true }).click();
  await said(student, t.account.flash.profile);
  await student.goto(`${list}/person`);
  await said(student, personName(name, lng));
  await follow(student, x.apply.continue);
  await heading(student, x.apply.step.eligibility);
  await look(student);
  await follow(student, x.apply.continue);

  await heading(student, x.apply.step.plan);
  await field(student, t.common.languageName.en).check();
  await field(student, x.apply.field.title).fill(plan);
  await field(student, x.apply.field.workPlan).fill(typed.workPlan);
  await press(student, x.apply.saveAndContinue);
  await heading(student, x.apply.step.host);
  await look(student);
  await field(student, x.apply.field.wish1).fill('Solvent extraction');
  await field(student, x.apply.field.wishedStart).fill(typed.wishedStart);
  await field(student, x.apply.field.weeks).fill(typed.weeks);
  await press(student, x.apply.saveAndContinue);

  // The supervisor is asked: one of the list, or somebody the portal does not know.
  await heading(student, x.apply.step.endorsement);
  await look(student);
  const address = `supervisor.${call.toLowerCase()}@t.example`;
  if (professor) {
    const label = personName(professor.name, lng);
    await field(student, x.endorsement.supervisor).selectOption({ label });
  } else {
    await field(student, x.endorsement.givenName).fill('Kavita');
    await field(student, x.endorsement.familyName).fill('Menon');
    await field(student, x.endorsement.email).fill(address);
  }
  await press(student, x.endorsement.send);
  await said(student, x.endorsement.sent);
  const supervisor = professor ? await signIn(professor, options) : await visit(options);
  if (professor) {
    await takeUp(supervisor, filled(x.waiting.endorse, { name: shownName, title: plan }));
  } else {
    const letter = async () => (await listMailbox(portal.dataDir)).find(({ to }) => to === address);
    await expect.poll(letter, { timeout: 15_000 }).toBeDefined();
    await supervisor.goto((await letter())?.text.match(/http\S+\/links\/[\w-]+/)?.[0] ?? '/no-link');
  }
  await heading(supervisor, x.endorsement.title);
  await look(supervisor);
  await field(supervisor, x.endorsement.give).check();
  await field(supervisor, x.endorsement.words).fill('A careful experimenter.');
  await press(supervisor, x.endorsement.submit);
  await said(supervisor, x.endorsement.thanks);
  await look(supervisor);
  await supervisor.close();
  await student.goto(`${list}/endorsement`);
  await said(student, 'A careful experimenter.');
  await look(student);

  // The document, the declarations, one more reading, and it is submitted.
  await follow(student, x.apply.continue);
  await heading(student, x.apply.step.documents);
  const document = { name: 'plan.pdf', mimeType: 'application/pdf', buffer: smallPdf('Work plan') };
  await field(student, x.documents.choose).setInputFiles(document);
  await press(student, x.documents.upload);
  await said(student, x.documents.stored);
  await look(student);
  await follow(student, x.apply.continue);
  await field(student, x.declaration.declared).check();
  await field(student, x.declaration.consent).check();
  await press(student, x.apply.saveAndList);
  await student.locator('.chip', { hasText: x.apply.status.ready }).waitFor();
  await look(student);
  await follow(student, x.apply.step.check);
  await heading(student, x.checkAnswers.title);
  await look(student);
  await press(student, x.checkAnswers.submit);
  await said(student, x.checkAnswers.submitted);
  await look(student);
  const record = new URL(student.url()).pathname;
  const reference = record.split('/').at(-1) ?? '';
  await expectPaper(student, x.record.pdf);

  // The home coordinator reads the document, and finds the application eligible.
  const home = await signIn(people.homeCoordinator, options);
  await takeUp(home, filled(x.waiting.check, { name: shownName, title: plan }));
  await heading(home, x.check.title);
  await look(home);
  await follow(home, x.check.read);
  const file = await home.locator('#documents a').first().getAttribute('href');
  expect(await (await home.request.get(file ?? '')).body()).toEqual(document.buffer);
  await follow(home, x.record.check);
  await field(home, x.check.eligible).check();
  await press(home, x.check.submit);
  await said(home, x.check.foundEligible);
  await look(home);
  return { ...told, now, shownName, record, reference, student, home };
}

type Applied = Awaited<ReturnType<typeof apply>>;

/** Reviews, ranking, nomination, the host's answer and its letters. */
async function select(options: Options, applied: Applied) {
  const { lng } = options;
  const t = words[lng];
  const { exchanges: x, reviews: r } = t;
  const { people, call, title, plan, now, shownName, record, reference, student, home } = applied;

  // Somebody else has applied too; then the deadline passes.
  const other = await addActor(lng, 'IITISM', ['student']);
  const rival = await addApplication(db, other, call, now, { fields: { title: 'Leaching of red mud' } });
  await makeEligible(db, people, rival.reference, now);
  await db
    .update(callTable)
    .set({ deadline: new Date(Date.now() - 1000) })
    .where(eq(callTable.reference, call));
  await closePassed(db, new Date());

  // The committee gives the application two reviewers, one of each side.
  const first = await addActor(lng, 'GIREDMET', ['reviewer']);
  const reviewers = [first, await addActor(lng, 'IITISM', ['reviewer'])];
  await takeUp(home, filled(r.waiting.assign, { call: title }));
  await heading(home, r.board.title);
  await look(home);
  await follow(home, shownName);
  await heading(home, plan);
  const seats = home.getByRole('group', { name: r.assign.reviewers, exact: true });
  for (const one of reviewers) await field(seats, personName(one.name, lng)).check();
  await press(home, r.assign.submit);
  await home.getByText(personName(first.name, lng)).first().waitFor();
  await look(home);
  const dueOn = new Date(now.getTime() + 15 * 86_400_000).toISOString().slice(0, 10);
  const rest = { call, applications: [rival], after: new Date(), dueOn };
  await assignAll(db, people.homeCoordinator, rest, reviewers);
  for (const one of reviewers) await submitGrades(db, rival.id, one, [1, 2], new Date());

  // Each finds it on the front page, blind, and scores it.
  for (const [index, one] of reviewers.entries()) {
    const page = await signIn(one, options);
    await takeUp(page, filled(r.waiting.review, { title: plan }));
    await heading(page, plan);
    if (index === 0) await look(page);
    const shown = (await page.locator('main').textContent()) ?? '';
    expect(shown).not.toContain(people.student.name.familyName);
    expect(shown).not.toContain(people.student.name.familyNameRu);
    for (const criterion of rubric.criteria) {
      const about = { title: criterion.title[lng], weight: String(criterion.weight) };
      const group = page.getByRole('group', { name: filled(r.form.criterion, about), exact: true });
      const best = filled(r.form.grade, { value: '3', text: rubric.grades?.[2]?.text[lng] ?? '' });
      await field(group, best).check();
    }
    await field(page, r.form.comment).fill(`Clear and feasible, ${index + 1}.`);
    await field(page, r.form.confidential).fill('Between us: fund this first.');
    await press(page, r.form.submit);
    await said(page, r.review.submitted);
    if (index === 0) await look(page);
    await page.close();
  }

  // The ranking is fixed, read by the other side, and signed by both.
  await home.goto(`/calls/${call}/reviews`);
  await look(home);
  await follow(home, r.board.ranking);
  await heading(home, r.ranking.title);
  await look(home);
  await field(home, r.ranking.reserve).fill('1');
  const text = { en: 'The committee agreed on this ranking.', ru: 'Комиссия согласовала этот рейтинг.' };
  await fillBoth(home, t, r.ranking.text, text);
  await press(home, r.ranking.submit);
  await said(home, filled(r.ranking.fixed, { number: '1' }));
  await look(home);
  const host = await signIn(people.hostCoordinator, options);
  await takeUp(host, filled(r.waiting.sign, { call: title }));
  await look(host);
  await press(host, filled(r.ranking.sign, { number: '1' }));
  await said(host, r.ranking.signed);
  await press(home, filled(r.ranking.sign, { number: '1' }));
  await said(home, r.ranking.decided);
  await look(home);
  await expectPaper(home, r.ranking.pdf);

  // Home nominates, the host accepts with supervisor, laboratory and dates.
  await takeUp(home, filled(x.waiting.nominate, { name: shownName, title: plan }));
  await heading(home, x.nomination.title);
  await look(home);
  await field(home, x.nomination.nominate).check();
  await field(home, x.nomination.confirmed).check();
  await press(home, x.nomination.submit);
  await said(home, x.nomination.nominated);
  const hostSupervisor = await addActor(lng, 'GIREDMET', ['supervisor']);
  await takeUp(host, filled(x.waiting.answer, { name: shownName, title: plan }));
  await heading(host, x.answer.title);
  await look(host);
  await field(host, x.answer.accept).check();
  const label = personName(hostSupervisor.name, lng);
  await field(host, x.answer.hostSupervisor).selectOption({ label });
  await field(host, x.answer.laboratory).fill('Laboratory 14');
  await field(host, x.answer.stayFrom).fill(onDay(now, 70));
  await field(host, x.answer.stayUntil).fill(onDay(now, 112));
  await press(host, x.answer.submit);
  await said(host, x.answer.accepted);
  await look(host);

  // The applicant reads the reviews without names, the letters, and the mail that told of it.
  await student.goto(record);
  await said(student, 'Clear and feasible, 1.');
  expect(await student.locator('main').textContent()).not.toContain('Between us');
  await look(student);
  for (const kind of ['nomination', 'acceptance'] as const) await expectPaper(student, x.record.letter[kind]);
  const subject = filled(t.mail.accepted.subject, { reference });
  const subjects = async () => (await listMailbox(portal.dataDir)).map((letter) => letter.subject);
  await expect.poll(subjects, { timeout: 15_000 }).toContain(subject);
  const [row] = await db.select().from(callTable).where(eq(callTable.reference, call));
  expect(row?.state).toBe('decided');
  return { ...applied, host, supervisor: await signIn(hostSupervisor, options) };
}

type Selected = Awaited<ReturnType<typeof select>>;

const onDay = (now: Date, days: number) =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** The programme written by two and signed by four. */
async function agree(options: Options, selected: Selected): Promise<void> {
  const t = words[options.lng];
  const { placements: p } = t;
  const { now, record, shownName, student, supervisor, home, host } = selected;
  const typed = typedProgramme(now);
  const edit = p.programme;

  // The participant writes what is to be done; the host supervisor adds the rest and lays it before all.
  await takeUp(student, filled(p.waiting.write, { name: shownName }));
  await heading(student, edit.writeTitle);
  await look(student);
  await fillBoth(student, t, edit.objectives, {
    en: 'Separate heavy rare earths.',
    ru: 'Разделить тяжёлые РЗЭ.',
  });
  await fillBoth(student, t, edit.outputs, { en: 'A data set and a paper.', ru: 'Набор данных и статья.' });
  for (const [index, [from, to, what]] of [
    ['1', '2', 'Batch extraction with P507'],
    ['3', '6', 'Counter-current trial'],
  ].entries()) {
    const row = student.getByRole('group', { name: filled(edit.taskNumber, { number: String(index + 1) }) });
    await field(row, edit.fromWeek).fill(from ?? '');
    await field(row, edit.toWeek).fill(to ?? '');
    await field(row, edit.task).fill(what ?? '');
  }
  for (const [heading, amount, currency, payer] of [
    ['travel', '45 000,50', 'INR', 'home'],
    ['lodging', '60000', 'RUB', 'host'],
  ] as const) {
    const row = student.getByRole('group', { name: edit.cost[heading], exact: true });
    await field(row, edit.amount).fill(amount);
    await field(row, edit.currency).selectOption(currency);
    await field(row, edit.payer).selectOption({ label: p.payer[payer] });
  }
  await press(student, edit.save);
  await said(student, p.flash.saved);
  await takeUp(supervisor, filled(p.waiting.write, { name: shownName }));
  await field(supervisor, edit.equipment).fill(String(typed.equipment));
  await field(supervisor, edit.siteAccess).fill(String(typed.siteAccess));
  await press(supervisor, edit.lay);
  // Safety and insurance were forgotten: all that was typed is still there.
  await supervisor.locator('#errors').waitFor();
  await look(supervisor);
  expect(await field(supervisor, edit.equipment).inputValue()).toBe(typed.equipment);
  await field(supervisor, edit.safety).fill(String(typed.safety));
  await field(supervisor, edit.insurance).fill(String(typed.insurance));
  await press(supervisor, edit.lay);
  await said(supervisor, p.flash.laid);
  await look(supervisor);

  const sign = filled(p.signature.sign, { number: '1' });
  await press(supervisor, sign);
  await said(supervisor, p.flash.signed);
  for (const page of [student, host]) {
    await takeUp(page, filled(p.waiting.sign, { name: shownName }));
    await heading(page, p.signature.title);
    await press(page, sign);
    await said(page, p.flash.signed);
  }
  await look(student);
  await takeUp(home, filled(p.waiting.sign, { name: shownName }));
  await press(home, sign);
  await said(home, p.flash.inForce);
  await look(home);

  // What the journey needs is the participant's to read, on the exchange and on a page of its own.
  await student.goto(record);
  await look(student);
  await student.goto(`${record}/readiness`);
  await heading(student, p.readiness.title);
  await look(student);
}

/** So many days go by: the stay, as it was planned and as it began, lies that much earlier. */
async function pass(reference: string, days: number): Promise<void> {
  await db.$client.query(
    `update placement set starts_on = starts_on - $2::int, ends_on = ends_on - $2::int,
       arrived_on = arrived_on - $2::int where reference = $1`,
    [reference, days],
  );
}

/** Today on the host's calendar, and in how many days the stay begins and ends. */
async function daysLeft(reference: string): Promise<{ today: string; start: number; end: number }> {
  const { rows } = await db.$client.query<{ today: string; start: number; end: number }>(
    `select today::text, starts_on - today as start, ends_on - today as end
     from placement, (select (now() at time zone 'Europe/Moscow')::date as today) clock where reference = $1`,
    [reference],
  );
  const [row] = rows;
  if (!row) throw new Error(`No stay ${reference}`);
  return row;
}

/** Arrival, stay, departure; report, evaluation and costs; the closing, and the certificate anyone can check. */
async function stay(options: Options, selected: Selected): Promise<void> {
  const { lng } = options;
  const t = words[lng];
  const { placements: p, verification: v } = t;
  const { people, record, reference, shownName, student, supervisor, home, host } = selected;

  // The first day has come: the host confirms the arrival, and the law's dates stand on the page.
  const before = await daysLeft(reference);
  await pass(reference, before.start);
  await takeUp(host, filled(p.waiting.confirmArrival, { name: shownName }));
  await heading(host, p.arrival.title);
  await look(host);
  await field(host, p.arrival.date).fill(before.today);
  await press(host, p.arrival.submit);
  await said(host, p.flash.arrived);
  await host.locator('#duties', { hasText: p.duty.code['ru-notification'].title }).waitFor();
  await look(host);
  await student.goto(`${record}/stay`);
  await look(student);
  await field(student, p.note.words).fill('Two weeks of batch extraction are done.');
  await press(student, p.note.save);
  await said(student, p.flash.noted);

  // The last day has come.
  const end = await daysLeft(reference);
  await pass(reference, end.end);
  await takeUp(host, filled(p.waiting.confirmDeparture, { name: shownName }));
  await heading(host, p.departure.title);
  await look(host);
  await field(host, p.departure.date).fill(end.today);
  await press(host, p.departure.submit);
  await said(host, p.flash.departed);
  await look(host);

  // Everybody hands in their part.
  await takeUp(student, p.waiting.report);
  await heading(student, p.report.title);
  await look(student);
  const output = student.getByRole('group', { name: filled(p.outputs.number, { number: '1' }) });
  await field(output, p.outputs.kind).selectOption({ label: p.outputs.of.data });
  await field(output, p.outputs.name).fill('Distribution coefficients of Dy and Tb');
  await press(student, p.outputs.save);
  await said(student, p.flash.outputs);
  await field(student, p.report.text).fill('Six weeks of extraction, all series done.');
  await press(student, p.report.submit);
  await said(student, p.flash.reported);
  await takeUp(supervisor, filled(p.waiting.evaluate, { name: shownName }));
  await heading(supervisor, p.evaluation.title);
  await look(supervisor);
  await field(supervisor, p.evaluation.grade.excellent).check();
  await field(supervisor, p.evaluation.text).fill('Careful and independent work.');
  await press(supervisor, p.evaluation.submit);
  await said(supervisor, p.flash.evaluated);
  for (const [page, heading, currency, amount] of [
    [home, 'travel', 'INR', '46 200'],
    [host, 'lodging', 'RUB', '60000'],
  ] as const) {
    await page.goto(`${record}/closing`);
    const label = filled(p.costs.spentOn, { heading: p.programme.cost[heading], currency });
    await field(page, label).fill(amount);
    await press(page, p.costs.save);
    await said(page, p.flash.costs);
  }
  await look(host);

  // Both coordinators close the file.
  await home.goto(`${record}/closing`);
  await press(home, p.closing.lay);
  await said(home, p.flash.closingLaid);
  await look(home);
  await press(home, filled(p.signature.sign, { number: '1' }));
  await said(home, p.flash.signed);
  await takeUp(host, filled(p.waiting.signClosing, { name: shownName }));
  await press(host, filled(p.signature.sign, { number: '1' }));
  await said(host, p.flash.closed);
  await look(host);
  expect((await stayRow(db, reference)).state).toBe('closed');

  // The participant opens the certificate; a guest who has only its code reads the same.
  await student.goto(record);
  await look(student);
  await follow(student, p.turn.closed.action);
  await student.waitForURL(/\/verify\/\w{26}$/);
  const code = student.url().split('/').at(-1) ?? '';
  const guest = await visit(options);
  await guest.goto('/verify');
  await look(guest);
  await field(guest, v.check.code).fill(code.match(/.{1,4}/g)?.join('-') ?? '');
  await press(guest, v.check.submit);
  await said(guest, v.shown.valid);
  await look(guest);
  const shown = (await guest.locator('main').textContent()) ?? '';
  expect(shown).toContain(personName(people.student.name, 'en'));
  expect(shown).toContain(personName(people.student.name, 'ru'));
  expect(shown).toContain(reference);
  await expectPaper(guest, v.shown.pdf);
  await guest.close();
  await student.goto('/inbox');
  await look(student);
  for (const page of [student, supervisor, home, host]) await page.close();
}

describe.each([
  { lng: 'en', width: 1280, javaScriptEnabled: true, byLink: false },
  { lng: 'ru', width: 390, javaScriptEnabled: true, byLink: true },
] as const)('a whole exchange in $lng at $width', (options) => {
  // One story in four acts; each goes on from where the one before it ended.
  let applied: Applied | undefined;
  let selected: Selected | undefined;

  test('the student applies and is found eligible', async () => {
    applied = await apply(options);
  });

  test('two reviewers, a ranking signed by both, nomination, acceptance', async () => {
    if (!applied) throw new Error('Nobody has applied');
    selected = await select(options, applied);
  });

  test('four sign the work programme', async () => {
    if (!selected) throw new Error('Nobody is accepted');
    await agree(options, selected);
  });

  test('arrival, report, closing, and a certificate that a guest can check', async () => {
    if (!selected) throw new Error('Nobody is accepted');
    await stay(options, selected);
    expect(unexpected.splice(0)).toEqual([]);
  });
});

test.each([
  { lng: 'en', width: 1280, javaScriptEnabled: false, byLink: true },
  { lng: 'ru', width: 390, javaScriptEnabled: false, byLink: false },
] as const)(
  'an application and its coordinator’s decision without JavaScript in $lng at $width',
  async (options) => {
    const { student, home } = await apply(options);
    for (const page of [student, home]) await page.close();
    expect(unexpected.splice(0)).toEqual([]);
  },
);
