import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { listMailbox } from '#app/platform/mailer-mailbox.server.ts';
import enAccount from '#locales/en/account.json' with { type: 'json' };
import en from '#locales/en/exchanges.json' with { type: 'json' };
import enMail from '#locales/en/mail.json' with { type: 'json' };
import ruAccount from '#locales/ru/account.json' with { type: 'json' };
import ru from '#locales/ru/exchanges.json' with { type: 'json' };
import ruMail from '#locales/ru/mail.json' with { type: 'json' };
import {
  collectComplaints,
  expectAccessible,
  noHorizontalScroll,
  useBrowser,
} from '#tests/support/browser.ts';
import { addCall, addExchangePeople, typedApplication } from '#tests/support/exchange.ts';
import { usePortal } from '#tests/support/portal.ts';
import { smallPdf } from '#tests/support/small-pdf.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import { demoPassword } from '#tests/support/visitor.ts';

const portal = await usePortal({ demo: true });
const { newPage } = await useBrowser();
const words = {
  en: { ...en, account: enAccount, mail: enMail.exchanges },
  ru: { ...ru, account: ruAccount, mail: ruMail.exchanges },
};
const people = await addExchangePeople(portal.db);
const hostSupervisor = await addPerson(portal.db, 'GIREDMET', ['supervisor'], 'anna.petrova@test.example');
const now = new Date();

type Options = { lng: 'en' | 'ru'; width: number; javaScriptEnabled: boolean; colorScheme: 'light' | 'dark' };

async function look(page: Page): Promise<void> {
  await expectAccessible(page);
  await noHorizontalScroll(page);
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click();

/** The text with its values in it, as the portal would say it. */
const filled = (text: string, values: Record<string, string>) =>
  Object.entries(values).reduce((said, [name, value]) => said.replaceAll(`{{${name}}}`, value), text);

/** A coordinator who signs in at the door. */
async function coordinator(actor: PersonActor, options: Options) {
  const page = await newPage({ baseURL: portal.url, ...options });
  const email = await addAccount(portal.db, actor);
  await page.goto(`/sign-in?lng=${options.lng}`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(demoPassword);
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL(/\/home/);
  return page;
}

/** A stranger who came through “Apply” makes an account and is led back to the form. */
async function signUp(page: Page, { lng }: Options, email: string) {
  const t = words[lng].account;
  await page.getByRole('link', { name: t.signUp.title }).first().click();
  await page.getByLabel(t.field.givenName).fill('Deepika');
  await page.getByLabel(t.field.familyName, { exact: true }).fill('Kumari');
  await page.locator('input[value="IITISM"]').check();
  await page.getByLabel(t.field.email).fill(email);
  await page.getByLabel(t.field.password, { exact: true }).fill(demoPassword);
  await page.getByLabel(t.consent.text).check();
  await press(page, t.signUp.submit);
  await page.getByRole('heading', { name: t.mailed.title }).waitFor();
  const sent = async () => (await listMailbox(portal.dataDir)).find(({ to }) => to === email);
  await expect.poll(sent, { timeout: 10_000 }).toBeDefined();
  const letter = await sent();
  await page.goto(letter?.text.match(/http\S+token=[^\s<>]+/)?.[0] ?? '/no-link');
  await page.getByLabel(t.field.password).fill(demoPassword);
  await press(page, t.verify.submit);
}

// With JavaScript the whole exchange is walked in `expert-exchange.test.ts`.
test.each([
  { lng: 'en', width: 390, javaScriptEnabled: false, colorScheme: 'dark' },
  { lng: 'ru', width: 1280, javaScriptEnabled: false, colorScheme: 'light' },
] as const)(
  'from a public call to an accepted exchange in $lng at $width (JavaScript: $javaScriptEnabled)',
  async (options) => {
    const t = words[options.lng];
    const round = `${options.lng} ${options.width}`;
    const title = { en: `Rare earths, ${round}`, ru: `Редкие земли, ${round}` };
    const call = await addCall(portal.db, people, now, { title });
    const applicant = await newPage({ baseURL: portal.url, ...options });
    const complaints = collectComplaints(applicant);
    const email = `applicant.${options.lng}.${options.width}@t.example`;
    const typed = typedApplication(now);

    // A stranger finds the call, and an account on the way to the form.
    await applicant.goto('/calls');
    await look(applicant);
    await follow(applicant, title[options.lng]);
    await applicant.waitForURL(new RegExp(`/calls/${call}$`));
    await look(applicant);
    await follow(applicant, t.call.apply);
    await signUp(applicant, options, email);
    await applicant.waitForURL(new RegExp(`/calls/${call}/apply$`));
    await look(applicant);
    expect(complaints).toEqual([]);

    // The task list leads through its steps, each saved on its own. A refused step keeps what was typed.
    const steps = t.apply.step;
    const step = async (name: string) => {
      await applicant.goto(`/calls/${call}/apply`);
      await follow(applicant, name);
      await applicant.getByRole('heading', { level: 1, name, exact: true }).waitFor();
      await look(applicant);
    };
    await step(steps.person);
    await step(steps.eligibility);
    await step(steps.plan);
    await applicant.getByLabel(t.apply.field.title).fill('x'.repeat(10_000));
    await applicant.locator('textarea[name=workPlan]').fill(typed.workPlan ?? '');
    await press(applicant, t.apply.saveAndContinue);
    await applicant.locator('#errors').waitFor();
    await look(applicant);
    expect(await applicant.locator('textarea[name=workPlan]').inputValue()).toContain('batch extraction');
    await applicant.getByLabel(t.apply.field.title).fill(typed.title ?? '');
    if (options.javaScriptEnabled) {
      // It saves itself after a pause, and says so.
      const said = filled(t.apply.autosaved, { time: '' }).trim();
      await applicant.locator('output', { hasText: said }).waitFor({ timeout: 10_000 });
    }
    await press(applicant, t.apply.saveAndContinue);
    await applicant.waitForURL(/\/apply\/host$/);
    await look(applicant);
    await applicant.getByLabel(t.apply.field.wish1).fill('Solvent extraction');
    await applicant.locator('input[name=wishedStart]').fill(typed.wishedStart ?? '');
    await applicant.locator('input[name=weeks]').fill('6');
    await press(applicant, t.apply.saveAndContinue);

    // The supervisor has no account: asked by mail, answered through the link.
    await applicant.waitForURL(/\/apply\/endorsement$/);
    await look(applicant);
    const supervisor = `supervisor.${options.lng}.${options.width}.${options.javaScriptEnabled}@t.example`;
    await applicant.getByLabel(t.endorsement.givenName).fill('Rajesh');
    await applicant.getByLabel(t.endorsement.familyName).fill('Prasad');
    await applicant.getByLabel(t.endorsement.email).fill(supervisor);
    await press(applicant, t.endorsement.send);
    await applicant.getByText(t.endorsement.sent).waitFor();
    await look(applicant);
    const request = async () => (await listMailbox(portal.dataDir)).find(({ to }) => to === supervisor);
    await expect.poll(request, { timeout: 10_000 }).toBeDefined();
    const letter = (await request())?.text.match(/http\S+\/links\/[\w-]+/)?.[0] ?? '/no-link';
    const professor = await newPage({ baseURL: portal.url, ...options });
    await professor.goto(letter);
    await look(professor);
    await professor.getByLabel(t.endorsement.give, { exact: true }).check();
    await professor.getByLabel(t.endorsement.words).fill('A careful experimenter.');
    await press(professor, t.endorsement.submit);
    await professor.getByText(t.endorsement.thanks).waitFor();
    await professor.goto(letter);
    await professor.getByText(t.link.used).waitFor();

    // A file that lies about its type is told so; a real one comes with its bar, and stays.
    const document = { name: 'plan.pdf', mimeType: 'application/pdf', buffer: smallPdf('Work plan') };
    await step(steps.documents);
    await applicant
      .locator('input[type=file]')
      .setInputFiles({ ...document, buffer: Buffer.from('MZ no PDF') });
    await press(applicant, t.documents.upload);
    await applicant.locator('#errors').waitFor();
    await applicant.locator('input[type=file]').setInputFiles(document);
    await press(applicant, t.documents.upload);
    await applicant.getByRole('link', { name: 'plan.pdf' }).waitFor();
    await look(applicant);
    await step(steps.declarations);
    await applicant.getByLabel(t.declaration.declared).check();
    await applicant.getByLabel(t.declaration.consent).check();
    await press(applicant, t.apply.saveAndContinue);

    await applicant.waitForURL(/\/apply\/check$/);
    await look(applicant);
    await applicant.getByRole('link', { name: 'plan.pdf' }).waitFor();
    await press(applicant, t.checkAnswers.submit);
    await applicant.waitForURL(/\/exchanges\/EX-/);
    await applicant.getByText(t.checkAnswers.submitted).waitFor();
    await look(applicant);
    const record = new URL(applicant.url()).pathname;
    const reference = record.split('/').at(-1) ?? '';

    // The home coordinator finds it in the list and nominates.
    const home = await coordinator(people.homeCoordinator, options);
    await home.goto(`/exchanges?search=${options.lng === 'ru' ? 'кумари' : 'Kumari'}&state=submitted`);
    await look(home);
    await home.locator(`a[href="${record}"]`).click();
    await look(home);
    const file = await home.locator('a[href^="/files/"]').getAttribute('href');
    const download = await home.request.get(file ?? '');
    expect(await download.body()).toEqual(document.buffer);
    await follow(home, t.record.check);
    await look(home);
    await home.getByLabel(t.check.eligible, { exact: true }).check();
    await press(home, t.check.submit);
    await home.getByText(t.check.foundEligible).waitFor();
    await look(home);
    await follow(home, t.record.nominate);
    await look(home);
    await home.getByLabel(t.nomination.nominate, { exact: true }).check();
    await home.getByLabel(t.nomination.confirmed).check();
    await press(home, t.nomination.submit);
    await home.getByText(t.nomination.nominated).waitFor();

    // The host coordinator is refused without the fields, then accepts.
    const host = await coordinator(people.hostCoordinator, options);
    await host.goto('/exchanges?ours=1&party=host');
    await host.locator(`a[href="${record}"]`).click();
    await follow(host, t.record.answer);
    await look(host);
    await host.getByLabel(t.answer.accept, { exact: true }).check();
    await host.getByLabel(t.answer.laboratory).fill('Laboratory 14');
    await press(host, t.answer.submit);
    await host.locator('#errors').waitFor();
    expect(await host.getByLabel(t.answer.laboratory).inputValue()).toBe('Laboratory 14');
    await host.locator('select[name=hostSupervisorId]').selectOption(hostSupervisor.personId);
    await press(host, t.answer.submit);
    await host.getByText(t.answer.accepted).waitFor();
    await look(host);

    // The applicant sees it, and has it in a mail of their language.
    await applicant.goto('/exchanges');
    await look(applicant);
    await applicant.locator(`a[href="${record}"]`).click();
    await applicant.getByText('Laboratory 14').first().waitFor();
    const subject = filled(t.mail.accepted.subject, { reference });
    await expect
      .poll(
        async () =>
          (await listMailbox(portal.dataDir)).some((one) => one.to === email && one.subject === subject),
        {
          timeout: 20_000,
        },
      )
      .toBe(true);
  },
);
