import { expect, test } from 'vitest';
import { tFor } from '#app/platform/i18n.server.ts';
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
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import { demoPassword } from '#tests/support/visitor.ts';

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

test.each([
  { lng: 'en', width: 390, javaScriptEnabled: true },
  { lng: 'ru', width: 1280, javaScriptEnabled: false },
] as const)('someone with an account comes and goes, in $lng at $width pixels', async (look) => {
  const t = tFor(look.lng);
  const actor = await addPerson(portal.db, 'IITISM', [], `comes.${look.lng}@t.example`);
  const email = await addAccount(portal.db, actor);
  const page = await newPage({ baseURL: portal.url, ...look });
  const seen = async () => {
    await noHorizontalScroll(page);
    await expectAccessible(page);
  };

  // A wrong password keeps the address and says no more than that it was wrong.
  await page.goto('/sign-in?next=%2Finbox');
  const signIn = async (secret: string) => {
    await page.locator('input[name=password]').fill(secret);
    await page.locator('main form button[type=submit]').first().click();
  };
  await page.locator('input[name=email]').fill(email);
  await signIn('not the password at all');
  await page.getByText(t('errors:auth.INVALID_EMAIL_OR_PASSWORD')).first().waitFor();
  expect(await page.locator('input[name=email]').inputValue()).toBe(email);
  expect(await page.locator('input[name=password]').inputValue()).toBe('');
  await seen();
  await signIn(demoPassword);
  await page.waitForURL(/\/inbox$/);

  // The language is switched on the page one is on, with what its address says, and stays switched.
  await page.goto('/inbox?after=none');
  for (const lng of ['ru', 'en', look.lng] as const) {
    await page.locator(`nav.language a[hreflang=${lng}]`).click();
    expect(new URL(page.url()).pathname).toBe('/inbox');
    expect(new URL(page.url()).searchParams.get('after')).toBe('none');
    expect(await page.locator('html').getAttribute('lang')).toBe(lng);
    await page.getByRole('heading', { name: tFor(lng)('notifications:inbox.title'), level: 1 }).waitFor();
  }
  await page.goto('/account');
  expect(await page.locator('html').getAttribute('lang')).toBe(look.lng);

  // Pages that are not there, or not for this reader, help on.
  for (const [path, kind] of [
    ['/no/such/page', 'not-found'],
    ['/campaigns', 'forbidden'],
  ] as const) {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(kind === 'forbidden' ? 403 : 404);
    await page.getByRole('heading', { name: t(`common:errorPage.${kind}.title`), level: 1 }).waitFor();
    await seen();
  }
  await page.getByRole('link', { name: t('common:errorPage.home') }).click();
  await page.waitForURL(/\/home$/);

  if (look.width < 700) await page.getByRole('button', { name: t('common:shell.menu') }).click();
  await page.getByRole('button', { name: t('common:shell.signOut') }).click();
  await page.getByText(t('account:flash.signedOut')).waitFor();
  await page.goto('/inbox');
  await page.waitForURL(/\/sign-in\?next=%2Finbox$/);
});
