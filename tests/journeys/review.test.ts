import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { call as callTable } from '#db/schema/exchanges.ts';
import { person } from '#db/schema/people.ts';
import en from '#locales/en/reviews.json' with { type: 'json' };
import ru from '#locales/ru/reviews.json' with { type: 'json' };
import {
  collectComplaints,
  expectAccessible,
  noHorizontalScroll,
  useBrowser,
} from '#tests/support/browser.ts';
import { addExchangePeople } from '#tests/support/exchange.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addReviewCall, typedReview } from '#tests/support/review.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import { demoPassword } from '#tests/support/visitor.ts';

const portal = await usePortal({ demo: true });
const { db } = portal;
const { newPage } = await useBrowser();
const words = { en, ru };

type Options = { lng: 'en' | 'ru'; width: number; javaScriptEnabled: boolean };

/** A fresh visitor who signs in at the door, as the person would. */
async function signIn(actor: PersonActor, options: Options) {
  const page = await newPage({ baseURL: portal.url, ...options });
  const all = collectComplaints(page);
  // A refused form answers 422, which the browser reports as well.
  const complaints = () => all.filter((one) => !one.includes('status of 422'));
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

const NAMES = [
  ['Deepika', 'Kumari', 'Дипика', 'Кумари'],
  ['Rahul', 'Mahato', 'Рахул', 'Махато'],
  ['Sneha', 'Dubey', 'Снеха', 'Дубей'],
  ['Elena', 'Belova', 'Елена', 'Белова'],
  ['Arjun', 'Agarwal', 'Арджун', 'Агарвал'],
] as const;

async function name(actor: PersonActor, index: number): Promise<PersonActor> {
  const [givenName, familyName, givenNameRu, familyNameRu] = NAMES[index] ?? NAMES[0];
  await db
    .update(person)
    .set({ givenName, familyName, givenNameRu, familyNameRu, cyrillicSpelling: 'confirmed' })
    .where(eq(person.id, actor.personId));
  return actor;
}

const cases = [
  { lng: 'en', width: 1280, javaScriptEnabled: true },
  { lng: 'ru', width: 390, javaScriptEnabled: false },
] as const;

test.each(cases)(
  'a ranking in $lng at $width (JavaScript: $javaScriptEnabled)',
  async (options) => {
    const { lng } = options;
    const w = words[lng];
    const people = await addExchangePeople(db);
    const started = new Date(Date.now() - 11.5 * 86_400_000);
    const found = await addReviewCall(db, people, started, { applicants: 3, call: { blindReview: true } });
    for (const [index, one] of found.applications.entries()) await name(one.applicant, index);
    const reviewers = [
      await name(await addPerson(db, 'GIREDMET', ['reviewer']), 3),
      await name(await addPerson(db, 'IITISM', ['reviewer']), 4),
    ];
    // Those of the other case hold the role too: whoever is here is enough.
    const base = `/calls/${found.call}`;

    // The committee gives each application two reviewers by hand.
    const home = await signIn(people.homeCoordinator, options);
    await home.page.goto(base);
    await home.page.getByRole('link', { name: w.board.title }).first().click();
    await heading(home.page, w.board.title);
    await check(home.page);
    // SHOT board-empty home
    await home.page.goto(`${base}/reviews/balance`);
    await heading(home.page, w.balance.title);
    await check(home.page);
    // SHOT balance home
    for (const one of found.applications) {
      await home.page.goto(`${base}/reviews/${one.reference}`);
      for (const reviewer of reviewers) {
        await home.page.locator(`input[name=reviewer][value="${reviewer.personId}"]`).check();
      }
      await press(home.page, w.assign.submit);
      await home.page.waitForURL(/reviews\/EX-/);
    }
    await check(home.page);
    // SHOT application-assigned home

    // Each reviewer finds the applications in a queue, without a name, and scores them.
    for (const [index, reviewer] of reviewers.entries()) {
      const { page, complaints } = await signIn(reviewer, options);
      // SHOT reviewer-home page
      await page.goto('/reviews');
      await heading(page, w.queue.title);
      await check(page);
      // SHOT queue page
      for (const [at, one] of found.applications.entries()) {
        await page.goto('/reviews');
        await page
          .getByRole('link', { name: `part ${at + 1}` })
          .first()
          .click();
        await heading(page, w.review.form);
        const shown = (await page.locator('main').textContent()) ?? '';
        expect(shown).not.toContain('Kumari');
        expect(shown).not.toContain('Кумари');
        if (at === 0) {
          await check(page);
          // SHOT review page
          await press(page, w.form.submit);
          await page.getByRole('alert').first().waitFor();
          await check(page);
          // SHOT review-refused page
        }
        // The first two come to the same score; the third is weaker.
        const grades = at < 2 ? [3, 2] : [1, index + 1];
        const [novelty = 1, method = 1] = grades;
        await page.locator(`input[name="score.novelty"][value="${novelty}"]`).check();
        await page.locator(`input[name="score.method"][value="${method}"]`).check();
        await page.locator('textarea[name=comment]').fill(typedReview(1, 1).comment);
        await page.locator('textarea[name=confidential]').fill(typedReview(1, 1).confidential);
        await press(page, w.form.submit);
        await page.waitForURL(/\/reviews$/);
        expect(one.reference).toBeTruthy();
      }
      // SHOT queue-done page
      expect(complaints()).toEqual([]);
    }

    // The committee reads what the reviews come to, puts the equals in order and fixes the protocol.
    await home.page.goto(`${base}/reviews`);
    await check(home.page);
    // SHOT board home
    await home.page.goto(`${base}/reviews/${found.applications[0]?.reference}`);
    await check(home.page);
    // SHOT application-reviewed home
    await home.page.goto(`${base}/ranking`);
    await heading(home.page, w.ranking.fix);
    await check(home.page);
    // SHOT ranking-form home
    const fill = (field: string, text: string) => home.page.locator(`[name="${field}"]`).fill(text);
    await fill(`order.${found.applications[0]?.reference}`, '2');
    await fill(`order.${found.applications[1]?.reference}`, '1');
    await fill('tie.ru-260.en', 'The second stay begins earlier.');
    await fill('tie.ru-260.ru', 'Вторая стажировка начинается раньше.');
    await fill('reserve.ru', '1');
    await fill('text.en', 'The committee considered three applications and agreed on this ranking.');
    await press(home.page, w.ranking.submit);
    await home.page.getByRole('alert').first().waitFor();
    // SHOT ranking-refused home
    await fill('text.ru', 'Комиссия рассмотрела три заявки и согласовала этот рейтинг.');
    await press(home.page, w.ranking.submit);
    await heading(home.page, w.ranking.signatures);
    await check(home.page);
    // SHOT ranking-fixed home

    // Both sides sign; the call is decided.
    const host = await signIn(people.hostCoordinator, options);
    // SHOT host-home host
    await host.page.goto(`${base}/ranking`);
    for (const { page } of [home, host]) {
      await press(page, w.ranking.sign.replace('{{number}}', '1'));
      await page.getByRole('status').first().waitFor();
    }
    await check(host.page);
    // SHOT ranking-signed host
    const [row] = await db.select().from(callTable).where(eq(callTable.reference, found.call));
    expect(row?.state).toBe('decided');

    // The applicant reads what the reviewers wrote, and nothing of what they wrote for the committee.
    const first = found.applications[1];
    if (!first) throw new Error('no application');
    const applicant = await signIn(first.applicant, options);
    await applicant.page.goto(`/exchanges/${first.reference}`);
    await heading(applicant.page, w.comments.title);
    await check(applicant.page);
    // SHOT applicant applicant
    expect(await applicant.page.locator('main').textContent()).not.toContain('Between us');
    expect([...home.complaints(), ...host.complaints(), ...applicant.complaints()]).toEqual([]);
  },
  240_000,
);
