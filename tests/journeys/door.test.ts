import { expect, test } from 'vitest';
import { listMailbox } from '#app/platform/mailer-mailbox.server.ts';
import account from '#locales/en/account.json';
import accountRu from '#locales/ru/account.json';
import {
  collectComplaints,
  expectAccessible,
  noHorizontalScroll,
  useBrowser,
} from '#tests/support/browser.ts';
import { usePortal } from '#tests/support/portal.ts';

const portal = await usePortal({ jobs: false });
const { newPage } = await useBrowser();
const words = { en: account, ru: accountRu };

test.each([
  { lng: 'en', width: 390, javaScriptEnabled: false, colorScheme: 'light' },
  { lng: 'ru', width: 390, javaScriptEnabled: true, colorScheme: 'dark' },
  { lng: 'en', width: 1280, javaScriptEnabled: true, colorScheme: 'light' },
  { lng: 'ru', width: 1280, javaScriptEnabled: false, colorScheme: 'light' },
] as const)('a stranger gets an account, in $lng at $width pixels', async (look) => {
  const t = words[look.lng];
  const page = await newPage({ baseURL: portal.url, ...look });
  const email = `door.${look.lng}.${look.width}@t.example`;
  const password = 'four words in a row';
  const seen = async () => {
    await expectAccessible(page);
    await noHorizontalScroll(page);
  };

  await page.goto('/sign-in?next=%2Faccount');
  await seen();
  await page.getByRole('link', { name: t.signUp.title }).first().click();
  await page.getByRole('button', { name: t.signUp.submit }).click();
  await seen();
  // Only now: a browser complains of every refused form.
  const complaints = collectComplaints(page);
  await page.getByLabel(t.field.givenName).fill('Deepika');
  await page.getByLabel(t.field.familyName, { exact: true }).fill('Kumari');
  await page.locator('input[value="IITISM"]').check();
  await page.getByLabel(t.field.email).fill(email);
  await page.getByLabel(t.field.password, { exact: true }).fill(password);
  await page.getByLabel(t.consent.text).check();
  await page.getByRole('button', { name: t.signUp.submit }).click();
  await page.getByRole('heading', { name: t.mailed.title }).waitFor();
  await seen();

  const [letter] = (await listMailbox(portal.dataDir)).filter(({ to }) => to === email);
  await page.goto(letter?.text.match(/http\S+token=[^\s<>]+/)?.[0] ?? '/no-link');
  await seen();
  await page.getByLabel(t.field.password).fill(password);
  await page.getByRole('button', { name: t.verify.submit }).click();
  await page.getByRole('heading', { name: t.account.title, level: 1 }).waitFor();
  // What the portal proposed stands there, marked until it is saved.
  expect(await page.getByLabel(t.field.familyNameRu).inputValue()).toBe('Кумари');
  await page.getByText(t.field.proposedHint).first().waitFor();
  await seen();

  await page.getByRole('link', { name: t.twoFactor.setUp }).click();
  await page.getByLabel(t.field.password).fill(password);
  await page.getByRole('button', { name: t.twoFactor.start }).click();
  await page.getByRole('img', { name: t.twoFactor.qr }).waitFor();
  await seen();
  expect(complaints).toEqual([]);
});
