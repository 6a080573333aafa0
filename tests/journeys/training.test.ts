import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { addSession } from '#app/training/add-session.ts';
import { changeRun } from '#app/training/change-run.ts';
import { enrolPerson } from '#app/training/enrol-person.ts';
import { person } from '#db/schema/people.ts';
import { courseRun } from '#db/schema/training.ts';
import enCommon from '#locales/en/common.json' with { type: 'json' };
import en from '#locales/en/training.json' with { type: 'json' };
import enVerification from '#locales/en/verification.json' with { type: 'json' };
import ruCommon from '#locales/ru/common.json' with { type: 'json' };
import ru from '#locales/ru/training.json' with { type: 'json' };
import ruVerification from '#locales/ru/verification.json' with { type: 'json' };
import {
  collectComplaints,
  expectAccessible,
  noHorizontalScroll,
  useBrowser,
} from '#tests/support/browser.ts';
import { addRun } from '#tests/support/course.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import { demoPassword } from '#tests/support/visitor.ts';

const portal = await usePortal({ demo: true });
const { db } = portal;
const { newPage } = await useBrowser();
const words = {
  en: { ...en, common: enCommon, verification: enVerification },
  ru: { ...ru, common: ruCommon, verification: ruVerification },
};

type Options = { lng: 'en' | 'ru'; width: number; javaScriptEnabled: boolean };

async function visit(options: Options) {
  const page = await newPage({ baseURL: portal.url, ...options });
  return { page, complaints: collectComplaints(page) };
}

/** A fresh visitor who signs in at the door, as the person would. */
async function signIn(actor: PersonActor, options: Options) {
  const { page, complaints } = await visit(options);
  const email = await addAccount(db, actor);
  await page.goto(`/sign-in?lng=${options.lng}`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(demoPassword);
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL(/\/home/);
  return { page, complaints };
}

async function check(page: Page): Promise<void> {
  await expectAccessible(page);
  await noHorizontalScroll(page);
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const heading = (page: Page, name: string) => page.getByRole('heading', { name }).first().waitFor();
const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const HEAD =
  'code,title_en,title_ru,area,language,mode,host,starts,ends,seats,quota_in,quota_ru,prerequisites';

/** A person with a confirmed name in both scripts. */
async function named(actor: PersonActor) {
  const name = { givenName: 'Deepika', familyName: 'Kumari', givenNameRu: 'Дипика', familyNameRu: 'Кумари' };
  await db
    .update(person)
    .set({ ...name, cyrillicSpelling: 'confirmed' })
    .where(eq(person.id, actor.personId));
  return actor;
}

/** A run that ended last week, with an instructor, one session, and one person in it. */
async function pastRun(coordinator: PersonActor, instructor: PersonActor, participant: PersonActor) {
  const early = new Date(Date.now() - 40 * 86_400_000);
  const reference = await addRun(db, { startsOn: dayFromNow(-10), endsOn: dayFromNow(-7) });
  const [run] = await db.select().from(courseRun).where(eq(courseRun.reference, reference));
  if (!run) throw new Error('no run');
  const { seats, quotaIn, quotaRu, revision } = run;
  const size = { reference, seats, quotaIn, quotaRu, revision };
  await changeRun(db, coordinator, { ...size, instructorId: instructor.personId }, early);
  const session = {
    titleEn: 'Practice',
    titleRu: 'Практикум',
    on: dayFromNow(-9),
    from: '10:00',
    until: '14:00',
  };
  await addSession(db, coordinator, { reference, ...session });
  await enrolPerson(db, participant, { reference }, early);
  return reference;
}

const cases = [
  { lng: 'en', width: 1280, javaScriptEnabled: true },
  { lng: 'ru', width: 390, javaScriptEnabled: true },
  { lng: 'en', width: 390, javaScriptEnabled: false },
  { lng: 'ru', width: 1280, javaScriptEnabled: false },
] as const;

test.each(cases)('a seat in a course in $lng at $width (JavaScript: $javaScriptEnabled)', async (options) => {
  const { lng, width } = options;
  const w = words[lng];
  const all: string[][] = [];
  const code = `J-${lng}-${width}`;
  const title = { en: `Zone refining ${code}`, ru: `Зонная плавка ${code}` };

  // The host's coordinator imports a list with one sound row and one that is not.
  const coordinator = await signIn(await addPerson(db, 'GIREDMET', ['coordinator']), options);
  all.push(coordinator.complaints);
  await coordinator.page.goto('/training/import');
  await check(coordinator.page);
  const dates = `${dayFromNow(60)},${dayFromNow(64)}`;
  await coordinator.page.locator('input[type=file]').setInputFiles({
    name: 'courses.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      [
        HEAD,
        `${code},${title.en},${title.ru},all,en,online,GIREDMET,${dates},1,0,0,`,
        `${code}-X,Broken,Сломано,all,en,online,GIREDMET,2027-02-30,2027-03-01,1,0,0,`,
      ].join('\n'),
    ),
  });
  await press(coordinator.page, w.common.import.preview);
  await coordinator.page.getByText(w.import.problem.date).first().waitFor();
  await check(coordinator.page);
  await press(coordinator.page, w.import.confirm_one.replace('{{count}}', '1'));
  await coordinator.page.waitForURL(/\/training$/);
  await check(coordinator.page);
  await coordinator.page.getByRole('link', { name: title[lng] }).first().click();
  await heading(coordinator.page, title[lng]);
  const run = new URL(coordinator.page.url()).pathname;

  // The import has dates only; the times follow, and an impossible one is refused.
  await coordinator.page.goto(`${run}/sessions`);
  const field = (name: string) => coordinator.page.locator(`[name=${name}]`);
  await field('titleEn').fill('Melting');
  await field('titleRu').fill('Плавка');
  await field('on').fill(dayFromNow(61));
  await field('from').fill('14:00');
  await field('until').fill('12:00');
  await press(coordinator.page, w.sessions.save);
  await coordinator.page.locator('.error-summary').waitFor();
  expect(await field('titleRu').inputValue()).toBe('Плавка');
  await check(coordinator.page);
  await field('until').fill('16:00');
  await press(coordinator.page, w.sessions.save);
  await coordinator.page
    .getByText(lng === 'en' ? 'Melting' : 'Плавка')
    .first()
    .waitFor();
  await coordinator.page.goto(`${run}/edit`);
  await check(coordinator.page);

  // Anyone finds the course, with the times of both cities.
  const anyone = await visit(options);
  all.push(anyone.complaints);
  await anyone.page.goto(`/courses?lng=${lng}`);
  await check(anyone.page);
  await anyone.page.getByRole('link', { name: title[lng] }).first().click();
  await anyone.page.getByText(/16:30/).first().waitFor();
  await check(anyone.page);

  // The one seat goes to the first; the second waits, is offered it, and takes it.
  const first = await signIn(await addPerson(db, 'IITISM', []), options);
  const second = await signIn(await addPerson(db, 'GIREDMET', []), options);
  all.push(first.complaints, second.complaints);
  for (const { page } of [first, second]) {
    await page.goto(`${run}/enrol`);
    await check(page);
    await press(page, w.enrol.submit);
    await page.waitForURL(run);
    await check(page);
  }
  await heading(first.page, w.turn.seat.heading);
  await heading(second.page, w.turn.waiting.heading.replace('{{place}}', '1'));
  await press(first.page, w.enrol.withdraw);
  await heading(first.page, w.turn.none.heading);
  await second.page.goto('/home');
  await second.page.getByText(title[lng]).first().waitFor();
  await second.page.goto(run);
  await heading(second.page, w.turn.offered.heading);
  await check(second.page);
  await press(second.page, w.enrol.accept);
  await heading(second.page, w.turn.seat.heading);
  await second.page.getByText(w.move.offered).first().waitFor();

  // Fewer seats than are taken are refused, and nobody loses anything.
  await coordinator.page.goto(`${run}/people`);
  await check(coordinator.page);
  const calendar = await second.page.request.get(`${run}/calendar.ics`);
  expect(calendar.headers()['content-type']).toContain('text/calendar');
  expect(await calendar.text()).toContain('BEGIN:VEVENT');
  expect(all.flat().filter((line) => !line.includes('status of 422'))).toEqual([]);
});

test.each(cases)(
  'from the roll to a certificate in $lng at $width (JavaScript: $javaScriptEnabled)',
  async (options) => {
    const { lng } = options;
    const w = words[lng];
    const all: string[][] = [];
    const people = {
      coordinator: await addPerson(db, 'GIREDMET', ['coordinator']),
      instructor: await addPerson(db, 'GIREDMET', ['instructor']),
      participant: await named(await addPerson(db, 'IITISM', [])),
    };
    const reference = await pastRun(people.coordinator, people.instructor, people.participant);
    const run = `/training/runs/${reference}`;

    // The instructor marks the roll and gives the result.
    const instructor = await signIn(people.instructor, options);
    all.push(instructor.complaints);
    await instructor.page.goto(`${run}/sessions/1`);
    await check(instructor.page);
    await instructor.page.getByLabel(w.mark.present, { exact: true }).check();
    await press(instructor.page, w.roll.save);
    await instructor.page.locator('input[value=present]:checked').waitFor();
    await instructor.page.goto(`${run}/results`);
    await instructor.page.getByLabel(w.result.passed, { exact: true }).check();
    await instructor.page.locator('input[name^="grade."]').fill('91');
    await check(instructor.page);
    await press(instructor.page, w.common.button.save);
    await instructor.page.locator('input[value=passed]:checked').waitFor();

    // The coordinator issues the certificate.
    const coordinator = await signIn(people.coordinator, options);
    all.push(coordinator.complaints);
    await coordinator.page.goto(`${run}/people`);
    await check(coordinator.page);
    await press(coordinator.page, w.certificate.issue);
    await coordinator.page.getByRole('link', { name: /^CT-/ }).waitFor();

    // The participant opens it; anyone with the code reads it in both languages.
    const participant = await signIn(people.participant, options);
    all.push(participant.complaints);
    await participant.page.goto(run);
    await check(participant.page);
    await participant.page.getByRole('link', { name: w.certificate.open }).click();
    await participant.page.waitForURL(/\/verify\//);
    const address = new URL(participant.page.url()).pathname;
    const anyone = await visit(options);
    all.push(anyone.complaints);
    await anyone.page.goto(`/verify?lng=${lng}`);
    await check(anyone.page);
    await anyone.page.locator('[name=code]').fill(address.split('/').pop()?.toLowerCase() ?? '');
    await press(anyone.page, w.verification.check.submit);
    await anyone.page.getByText(w.verification.shown.valid).first().waitFor();
    await anyone.page.getByText('Deepika Kumari').first().waitFor();
    await anyone.page.getByText('Дипика Кумари').first().waitFor();
    await check(anyone.page);
    const pdf = await anyone.page.request.get(`${address}/certificate.pdf`);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await anyone.page.request.get(`/verify/${'0'.repeat(26)}`)).status()).toBe(404);

    // Revoked, it says so to everybody.
    await coordinator.page.goto(address);
    await coordinator.page.locator('[name=reason]').fill('Issued by mistake.');
    await check(coordinator.page);
    await press(coordinator.page, w.verification.revoke.submit);
    await anyone.page.reload();
    await anyone.page.getByText(w.verification.shown.revoked).first().waitFor();
    expect(await anyone.page.content()).not.toContain('Issued by mistake');
    await check(anyone.page);
    expect(all.flat()).toEqual([]);
  },
);
