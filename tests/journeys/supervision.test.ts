import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import enCommon from '#locales/en/common.json' with { type: 'json' };
import en from '#locales/en/supervision.json' with { type: 'json' };
import ruCommon from '#locales/ru/common.json' with { type: 'json' };
import ru from '#locales/ru/supervision.json' with { type: 'json' };
import {
  collectComplaints,
  expectAccessible,
  noHorizontalScroll,
  useBrowser,
} from '#tests/support/browser.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addThesis } from '#tests/support/thesis.ts';
import { demoPassword } from '#tests/support/visitor.ts';

const portal = await usePortal({ demo: true });
const { newPage } = await useBrowser();
const words = { en: { ...en, common: enCommon }, ru: { ...ru, common: ruCommon } };

type Lng = 'en' | 'ru';
type Options = { lng: Lng; width: number; javaScriptEnabled: boolean };

/** A fresh visitor who signs in at the door, as the person would. */
async function signIn(actor: PersonActor, options: Options) {
  const page = await newPage({ baseURL: portal.url, ...options });
  const complaints = collectComplaints(page);
  const email = await addAccount(portal.db, actor);
  await page.goto(`/sign-in?lng=${options.lng}`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(demoPassword);
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL(/\/home/);
  return { page, complaints };
}

/** Looked at once in each language; the page is the same where no script runs. */
async function check(page: Page, { javaScriptEnabled }: Options): Promise<void> {
  if (javaScriptEnabled) await expectAccessible(page);
  await noHorizontalScroll(page);
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click();
const heading = (page: Page, name: string) => page.getByRole('heading', { name }).first().waitFor();

const texts = {
  en: {
    done: 'Twelve leaching series.',
    plan: 'Pilot tests.',
    mine: 'Good progress.',
    other: 'Mass balance missing.',
  },
  ru: {
    done: 'Двенадцать серий опытов.',
    plan: 'Укрупнённые испытания.',
    mine: 'Работа идёт по плану.',
    other: 'Нет баланса.',
  },
};

test.each([
  { lng: 'en', width: 1280, javaScriptEnabled: true },
  { lng: 'ru', width: 390, javaScriptEnabled: true },
  { lng: 'en', width: 390, javaScriptEnabled: false },
  { lng: 'ru', width: 1280, javaScriptEnabled: false },
] as const)(
  'a half-year of joint supervision in $lng at $width (JavaScript: $javaScriptEnabled)',
  async (options) => {
    const { lng } = options;
    const [w, said] = [words[lng], texts[lng]];
    const people = await addThesis(portal.db, {
      title: { en: 'Scandium from red mud', ru: 'Скандий из красного шлама' },
    });
    const { reference } = people;
    const thesis = `/supervision/${reference}`;
    const all: string[][] = [];

    // The candidate begins the report, forgets a field, and submits it.
    const candidate = await signIn(people.candidate, options);
    all.push(candidate.complaints);
    await candidate.page.goto('/supervision');
    await check(candidate.page, options);
    await candidate.page
      .getByRole('link', { name: lng === 'en' ? 'Scandium from red mud' : 'Скандий из красного шлама' })
      .click();
    await check(candidate.page, options);
    await press(candidate.page, w.act.start);
    await candidate.page.waitForURL(/\/edit$/);
    await candidate.page.locator(`[name="done.${lng}"]`).fill(said.done);
    await press(candidate.page, w.edit.submit);
    await candidate.page.locator('.error-summary').waitFor();
    await check(candidate.page, options);
    expect(await candidate.page.locator(`[name="done.${lng}"]`).inputValue()).toBe(said.done);
    await candidate.page.locator('[name=shareDone]').fill('45');
    await candidate.page.locator(`[name="plan.${lng}"]`).fill(said.plan);
    await press(candidate.page, w.edit.submit);
    await heading(candidate.page, w.turn.submitted.both.heading);
    await check(candidate.page, options);

    // One supervisor gives an opinion; the other, reading early, sees that it is in and nothing more.
    const first = await signIn(people.supervisor, options);
    all.push(first.complaints);
    await first.page.goto(thesis);
    await follow(first.page, w.act.opinion);
    await check(first.page, options);
    await first.page.locator(`[name="text.${lng}"]`).fill(said.mine);
    await first.page.getByLabel(w.outcome.satisfactory, { exact: true }).check();
    await press(first.page, w.opinion.submit);
    await heading(first.page, w.turn.submitted.given.heading);
    await first.page.getByText(said.mine).waitFor();

    const second = await signIn(people.coSupervisor, options);
    all.push(second.complaints);
    await second.page.goto(`${thesis}/reports/1`);
    await second.page.getByText(w.report.opinion.sealed).waitFor();
    expect(await second.page.content()).not.toContain(said.mine);
    await candidate.page.reload();
    await candidate.page.getByText(w.report.opinion.sealed).waitFor();
    expect(await candidate.page.content()).not.toContain(said.mine);
    await check(second.page, options);

    await follow(second.page, w.act.opinion);
    await second.page.locator(`[name="text.${lng}"]`).fill(said.other);
    await second.page.getByLabel(w.outcome['with-remarks'], { exact: true }).check();
    await press(second.page, w.opinion.submit);
    await second.page.getByText(said.mine).waitFor();
    await check(second.page, options);

    // The second writes the decision; the first signs it; a change voids that, and then both sign.
    await follow(second.page, w.act.decide);
    await second.page.getByLabel(w.outcome['with-remarks'], { exact: true }).check();
    await second.page.locator('[name="text.en"]').fill('Passed with remarks.');
    await second.page.locator('[name="text.ru"]').fill('Аттестован.');
    await check(second.page, options);
    await press(second.page, w.decide.submit);
    await second.page.waitForURL(/\/decision$/);

    const signButton = (number: number) => w.decision.sign.replace('{{number}}', String(number));
    await first.page.goto(`${thesis}/reports/1/decision`);
    await check(first.page, options);
    await press(first.page, signButton(1));
    await first.page.getByText(w.decision.signed).waitFor();

    await follow(second.page, w.decision.revise);
    await second.page.locator('[name="text.ru"]').fill('Аттестован с замечаниями.');
    await press(second.page, w.decide.submit);
    await second.page.getByText(w.decision.voided.replace('{{number}}', '2')).waitFor();
    const changes = w.decision.changes.replace('{{before}}', '1').replace('{{after}}', '2');
    await heading(second.page, changes);
    await check(second.page, options);
    await press(second.page, signButton(2));
    await second.page.getByText(w.decision.signed).waitFor();

    await first.page.reload();
    await press(first.page, signButton(2));
    const decided = w.turn.decided.all.heading.replace(
      '{{outcome}}',
      w.outcome['with-remarks'].toLowerCase(),
    );
    await heading(first.page, decided);
    await check(first.page, options);
    await candidate.page.goto(thesis);
    await heading(candidate.page, decided);
    await candidate.page.goto('/inbox');
    expect(await candidate.page.content()).toContain(reference);
    // The browser's console repeats the one refusal the candidate was shown.
    const unexpected = all.flat().filter((line) => !line.includes('status of 422'));
    expect(unexpected).toEqual([]);
  },
);
