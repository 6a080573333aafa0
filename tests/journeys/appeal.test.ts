import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import en from '#locales/en/exchanges.json' with { type: 'json' };
import ru from '#locales/ru/exchanges.json' with { type: 'json' };
import {
  collectComplaints,
  expectAccessible,
  noHorizontalScroll,
  useBrowser,
} from '#tests/support/browser.ts';
import { addApplication, addCall, addExchangePeople, makeNominated } from '#tests/support/exchange.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import { demoPassword } from '#tests/support/visitor.ts';

const portal = await usePortal({ demo: true, jobs: false });
const { db } = portal;
const { newPage } = await useBrowser();
const words = { en, ru };
const now = new Date();
const people = await addExchangePeople(db);
const call = await addCall(db, people, now);
const accounts = {
  home: await addAccount(db, people.homeCoordinator),
  host: await addAccount(db, people.hostCoordinator),
};

async function look(page: Page): Promise<void> {
  await expectAccessible(page);
  await noHorizontalScroll(page);
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click();

test.each([
  { lng: 'en', width: 390, javaScriptEnabled: false },
  { lng: 'ru', width: 1280, javaScriptEnabled: false },
  { lng: 'ru', width: 390, javaScriptEnabled: true },
] as const)(
  'a correction, a question, a refusal and the appeal against it in $lng at $width (JavaScript: $javaScriptEnabled)',
  async (options) => {
    const t = words[options.lng];
    const complaints: string[][] = [];
    const entered = async (email: string) => {
      const page = await newPage({ baseURL: portal.url, ...options });
      complaints.push(collectComplaints(page));
      await page.goto(`/sign-in?lng=${options.lng}`);
      await page.locator('input[name=email]').fill(email);
      await page.locator('input[name=password]').fill(demoPassword);
      await page.locator('main form button[type=submit]').first().click();
      await page.waitForURL(/\/home/);
      return page;
    };
    const applied = async () => {
      const actor: PersonActor = await addPerson(db, 'IITISM', ['student']);
      const { reference } = await addApplication(db, actor, call, now);
      return { record: `/exchanges/${reference}`, reference, email: await addAccount(db, actor) };
    };
    const home = await entered(accounts.home);
    const host = await entered(accounts.host);

    // Returned with a comment: the applicant reads what to correct, and until when.
    const returned = await applied();
    await home.goto(`${returned.record}/eligibility`);
    await home.getByLabel(t.check.return, { exact: true }).check();
    await home.locator('[name="comment.plan"]').fill('Say what is done in week 3.');
    await press(home, t.check.submit);
    await home.locator('#errors').waitFor();
    await look(home);
    const soon = new Date(now.getTime() + 6 * 86_400_000).toISOString().slice(0, 10);
    await home.locator('input[name=dueOn]').fill(soon);
    await press(home, t.check.submit);
    await home.getByText(t.check.returned).waitFor();
    await look(home);
    const corrector = await entered(returned.email);
    await corrector.goto(returned.record);
    await corrector.getByText(t.record.turn.returnedYours).waitFor();
    await corrector.getByText('Say what is done in week 3.').first().waitFor();
    await look(corrector);

    // The host asks, the home institution replies, the host declines; the applicant appeals to the host.
    const asked = await applied();
    await makeNominated(db, people, asked.reference, now);
    await host.goto(`${asked.record}/answer`);
    await host.getByLabel(t.answer.ask, { exact: true }).check();
    await host.locator('[name=question]').fill('Which furnace?');
    await press(host, t.answer.submit);
    await host.getByText(t.answer.asked).waitFor();
    await home.goto(asked.record);
    await look(home);
    await follow(home, t.record.reply);
    await look(home);
    await home.locator('[name=reply]').fill('The tube furnace.');
    await press(home, t.reply.submit);
    await home.getByText(t.reply.done).waitFor();
    await host.goto(`${asked.record}/answer`);
    await host.getByLabel(t.answer.decline, { exact: true }).check();
    await host.locator('[name=reason]').fill('It is being repaired.');
    await press(host, t.answer.submit);
    await host.getByText(t.answer.declined).waitFor();
    const applicant = await entered(asked.email);
    await applicant.goto(asked.record);
    await look(applicant);
    await follow(applicant, t.appeal.make);
    await look(applicant);
    await applicant.locator('[name=words]').fill('It will be repaired by May.');
    await press(applicant, t.appeal.submit);
    await applicant.getByText(t.appeal.made).waitFor();
    await look(applicant);
    await host.goto(asked.record);
    await follow(host, t.appeal.decide);
    await look(host);
    await host.getByLabel(t.appeal.decision.upheld, { exact: true }).check();
    await host.locator('[name=reason]').fill('So it will.');
    await press(host, t.appeal.decision.submit);
    await host.getByText(t.appeal.decision.savedUpheld).waitFor();
    await look(host);
    // A refused form answers 422, which the browser reports as well.
    expect(complaints.flat().filter((one) => !one.includes('status of 422'))).toEqual([]);
  },
);
