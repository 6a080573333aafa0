import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { received } from '#app/demo/seed-people.ts';
import { AUDIENCE_ROLES } from '#app/notifications/schemas.ts';
import { importPeople } from '#app/people/import-people.ts';
import { institutions } from '#app/people/queries.ts';
import { readPeople } from '#app/people/read-people.ts';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { tFor } from '#app/platform/i18n.server.ts';
import { listMailbox } from '#app/platform/mailer-mailbox.server.ts';
import {
  collectComplaints,
  expectAccessible,
  noHorizontalScroll,
  useBrowser,
} from '#tests/support/browser.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import { demoPassword } from '#tests/support/visitor.ts';

const portal = await usePortal({ demo: true });
const { db } = portal;
const { newPage } = await useBrowser();

const places = new Map(
  (await institutions(db)).map(({ code, id, side }) => [code, { id, side, mayAdd: true }]),
);
const { people } = readPeople(received('people.csv'), places);
await importPeople(db, system('test'), people);
const sideOf = new Map([...places.values()].map(({ id, side }) => [id, side]));
const half = people.filter(({ institutionId }) => sideOf.get(institutionId) === 'in').length;
const writer = await addPerson(db, 'IITISM', ['coordinator'], 'sunita.roy@t.example');
const across = await addPerson(db, 'GIREDMET', ['coordinator'], 'olga.belskaia@t.example');
for (const actor of [writer, across]) await addAccount(db, actor);
const addressOf = (actor: PersonActor) =>
  actor === writer ? 'sunita.roy@t.example' : 'olga.belskaia@t.example';

type Look = { lng: 'en' | 'ru'; width: number; javaScriptEnabled: boolean; colorScheme: 'light' | 'dark' };

async function signedIn(actor: PersonActor, look: Look) {
  const page = await newPage({ baseURL: portal.url, ...look });
  await page.goto(`/sign-in?lng=${look.lng}`);
  await page.locator('input[name=email]').fill(addressOf(actor));
  await page.locator('input[name=password]').fill(demoPassword);
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL(/\/home/);
  return page;
}

/** A page fits its window, and axe finds nothing on it; without script it is the same page, so axe looks once. */
async function looked(page: Page, { javaScriptEnabled }: Look): Promise<void> {
  await noHorizontalScroll(page);
  if (javaScriptEnabled) await expectAccessible(page);
}

/** Writes a campaign to these sides and saves it; answers its address. */
async function written(
  page: Page,
  sides: ('in' | 'ru')[],
  subject: { en: string; ru: string },
): Promise<string> {
  await page.goto('/campaigns/new');
  await page.locator('input[name="subject.en"]').fill(subject.en);
  await page.locator('input[name="subject.ru"]').fill(subject.ru);
  await page.locator('textarea[name="body.en"]').fill('The school begins on 1 June.\n\nWrite to us.');
  await page.locator('textarea[name="body.ru"]').fill('Школа начнётся 1 июня.\n\nНапишите нам.');
  for (const side of ['in', 'ru'] as const) {
    await page.locator(`input[name=sides][value=${side}]`).setChecked(sides.includes(side));
  }
  for (const role of AUDIENCE_ROLES) await page.locator(`input[name=roles][value=${role}]`).check();
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL(/\/campaigns\/CM-\d{4}-\d{4}$/);
  return new URL(page.url()).pathname;
}

/** Waits until the page says that all mails are out: by itself where scripts run, else by looking again. */
async function allSent(page: Page, count: number, { lng, javaScriptEnabled }: Look): Promise<void> {
  const sent = page
    .locator('.progress li')
    .filter({ hasText: new RegExp(`^${count}\\s*${tFor(lng)('notifications:progress.sent')}$`) });
  const look = async () => {
    if (!javaScriptEnabled) await page.reload();
    return sent.count();
  };
  await expect.poll(look, { timeout: 30_000, interval: 300 }).toBeGreaterThan(0);
}

test.each([
  { lng: 'en', width: 1280, javaScriptEnabled: true, colorScheme: 'light' },
  { lng: 'ru', width: 390, javaScriptEnabled: true, colorScheme: 'dark' },
  { lng: 'en', width: 390, javaScriptEnabled: false, colorScheme: 'light' },
  { lng: 'ru', width: 1280, javaScriptEnabled: false, colorScheme: 'light' },
] as const)(
  'a notification in $lng at $width pixels, script: $javaScriptEnabled',
  async (look) => {
    const t = tFor(look.lng);
    const tag = `${look.lng} ${look.width}`;
    const page = await signedIn(writer, look);
    const complaints = collectComplaints(page);

    // To one's own side: the text in both languages, the count, the letter as one of them will read it.
    await page.goto('/campaigns');
    await looked(page, look);
    await page.getByRole('link', { name: t('notifications:campaigns.new') }).click();
    await looked(page, look);
    const own = await written(page, ['in'], { en: `Library ${tag}`, ru: `Библиотека ${tag}` });
    await page
      .getByText(t('notifications:page.count', { count: half }))
      .first()
      .waitFor();
    await looked(page, look);
    await page.getByRole('link', { name: t('notifications:page.preview') }).click();
    await page.getByText('The school begins on 1 June.').waitFor();
    await looked(page, look);
    await page.goto(own);
    await page.getByRole('button', { name: t('notifications:page.send', { count: half }) }).click();
    await page.getByText(t('notifications:flash.sent')).waitFor();
    await allSent(page, half, look);
    await looked(page, look);
    expect(await page.locator('#recipients tbody tr').count()).toBe(Math.min(half, 100));

    // To all: the preview as a reader of either language, then the other side's approval.
    const all = await written(page, ['in', 'ru'], { en: `Summer school ${tag}`, ru: `Летняя школа ${tag}` });
    await page
      .getByText(t('notifications:page.count', { count: people.length }))
      .first()
      .waitFor();
    await page.goto(`${all}/preview`);
    for (const [lng, text] of [
      ['en', 'The school begins on 1 June.'],
      ['ru', 'Школа начнётся 1 июня.'],
    ] as const) {
      const select = page.locator('select[name=as]');
      const reader = select.locator('option', { hasText: t(`notifications:locale.${lng}`) }).first();
      await select.selectOption(await reader.getAttribute('value'));
      await page.getByRole('button', { name: t('notifications:preview.show') }).click();
      await page.locator(`[lang=${lng}]`, { hasText: text }).first().waitFor();
    }
    await page.goto(all);
    await page.getByRole('button', { name: t('notifications:page.requestApproval') }).click();
    await page.getByText(t('notifications:flash.requested')).waitFor();
    await page.getByText(t('notifications:page.turnAwaiting')).first().waitFor();
    await looked(page, look);

    // The other coordinator reads the portal in the other language.
    const other = { ...look, lng: look.lng === 'en' ? ('ru' as const) : ('en' as const) };
    const o = tFor(other.lng);
    const theirs = await signedIn(across, other);
    const subject = other.lng === 'en' ? `Summer school ${tag}` : `Летняя школа ${tag}`;
    await theirs.getByRole('link', { name: o('notifications:waiting.approve', { subject }) }).click();
    await theirs
      .getByText(o('notifications:approval.title', { reference: all.split('/').at(-1) }))
      .first()
      .waitFor();
    await looked(theirs, look);
    // Returned without a reason: the form says what is missing.
    await theirs.getByRole('button', { name: o('notifications:approval.return') }).click();
    await theirs.getByText(o('errors:reasonRequired')).first().waitFor();
    await looked(theirs, look);
    await theirs.getByRole('button', { name: o('notifications:approval.approve') }).click();
    await theirs.getByText(o('notifications:flash.approved')).waitFor();

    await page.goto(all);
    await allSent(page, people.length, look);
    await looked(page, look);
    const { rows } = await db.execute<{ inboxes: number; people: number }>(
      sql`select count(*)::int as inboxes, count(distinct d.person_id)::int as people
      from delivery d join campaign c on d.cause = 'campaign:' || c.id
      where d.channel = 'inbox' and c.reference = ${all.split('/').at(-1)}`,
    );
    expect(rows).toEqual([{ inboxes: people.length, people: people.length }]);

    // Each letter in the language of its reader, and an entry in the inbox of the one who asked.
    const letters = (await listMailbox(portal.dataDir, 5000)).filter(
      (one) => one.subject.includes(`ла ${tag}`) || one.subject.includes(`ool ${tag}`),
    );
    const languageOf = new Map(people.map(({ email, locale }) => [email, locale]));
    const addressed = letters.filter(({ to }) => languageOf.has(to));
    expect(new Set(addressed.map(({ to }) => to)).size).toBe(people.length);
    for (const { to, subject: said } of addressed) {
      expect(said).toContain(languageOf.get(to) === 'ru' ? 'Летняя школа' : 'Summer school');
    }
    await page.goto('/inbox');
    await looked(page, look);
    await page.locator('main a[href^="/inbox/"]').first().click();
    await looked(page, look);
    expect(complaints).toEqual([]);
  },
  120_000,
);
