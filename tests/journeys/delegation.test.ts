import { and, eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { personName } from '#app/people/person-name.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { delegate, delegation } from '#db/schema/delegations.ts';
import { person } from '#db/schema/people.ts';
import enCommon from '#locales/en/common.json' with { type: 'json' };
import en from '#locales/en/delegations.json' with { type: 'json' };
import enErrors from '#locales/en/errors.json' with { type: 'json' };
import ruCommon from '#locales/ru/common.json' with { type: 'json' };
import ru from '#locales/ru/delegations.json' with { type: 'json' };
import ruErrors from '#locales/ru/errors.json' with { type: 'json' };
import {
  collectComplaints,
  expectAccessible,
  noHorizontalScroll,
  useBrowser,
} from '#tests/support/browser.ts';
import { addDelegation, LIST_AS_RECEIVED, received } from '#tests/support/delegation.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import { demoPassword } from '#tests/support/visitor.ts';

const portal = await usePortal({ demo: true });
const { newPage } = await useBrowser();
const words = { en: { ...en, common: enCommon }, ru: { ...ru, common: ruCommon } };
const errors = { en: enErrors, ru: ruErrors };

type Options = { lng: 'en' | 'ru'; width: number; javaScriptEnabled: boolean };

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

async function check(page: Page): Promise<void> {
  await expectAccessible(page);
  await noHorizontalScroll(page);
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** The person of a delegation, as the actor they are once signed in. */
async function travellerCalled(name: string, reference: string): Promise<PersonActor> {
  const [given = '', family = ''] = name.split(' ');
  const [row] = await portal.db
    .select({ person })
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
    .where(
      and(eq(delegation.reference, reference), eq(person.givenName, given), eq(person.familyName, family)),
    );
  if (!row) throw new Error(`${name} does not travel`);
  const { id, institutionId, locale, timeZone } = row.person;
  const at = { personId: id, accountId: id, institutionId, side: 'in' as const, locale, timeZone };
  return { kind: 'person', ...at, grants: [], confirmedAt: new Date() };
}

/** A name as the page shows it: Cyrillic first for a Russian reader. */
async function shownAs(page: Page, name: string): Promise<string> {
  const family = name.split(' ')[1] ?? '';
  const [row] = await portal.db.select().from(person).where(eq(person.familyName, family)).limit(1);
  const russian = (await page.locator('html').getAttribute('lang')) === 'ru';
  return row ? personName(row, russian ? 'ru' : 'en') : name;
}

test.each([
  { lng: 'en', width: 1280, javaScriptEnabled: true },
  { lng: 'ru', width: 390, javaScriptEnabled: true },
  { lng: 'en', width: 390, javaScriptEnabled: false },
  { lng: 'ru', width: 1280, javaScriptEnabled: false },
] as const)('a delegation to Moscow in $lng at $width (JavaScript: $javaScriptEnabled)', async (options) => {
  const { lng, width } = options;
  const w = words[lng];
  const name = `CONGRESS-${lng.toUpperCase()}-${width}`;
  const reference = await addDelegation(portal.db, name);
  // Other people each time: nobody sleeps in two beds on a night.
  const text = new TextDecoder().decode(received(LIST_AS_RECEIVED));
  const list = Buffer.from(text.replaceAll(/\.example/gi, `.${lng}${width}.example`));
  const officer = await signIn(await addPerson(portal.db, 'IITISM', ['protocol']), options);
  const { page } = officer;

  // A stranger reads the programme.
  const stranger = await newPage({ baseURL: portal.url, ...options });
  await stranger.goto(`/events/${name}?lng=${lng}`);
  await stranger.getByRole('heading', { name: w.event.programme }).waitFor();
  await check(stranger);

  // The officer finds the delegation empty and brings in the secretary's list.
  await page.goto('/delegations');
  await check(page);
  await page.locator(`a[href="/delegations/${reference}"]`).click();
  await page.getByText(w.board.noneTitle).waitFor();
  await check(page);
  await page.locator(`a[href="/delegations/${reference}/import"]`).first().click();
  await check(page);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: list });
  await press(page, w.common.import.preview);
  await page.getByRole('heading', { name: w.common.import.problems }).waitFor();
  expect(await page.content()).not.toMatch(/[PР]2334292/);
  await check(page);
  // One row is put right here; the preview shows what that makes of it.
  await page.locator('input[name=take][value="15.hotel_out.noNights"]').check();
  await press(page, w.common.import.look);
  await page.getByText(w.common.import.weightOf.taken).first().waitFor();
  await check(page);
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL(new RegExp(`/delegations/${reference}$`));

  // The board as of a day before the journey: the passport that ends early is blocked and says why.
  await page.locator('input[name=asOf]').fill('2026-03-20');
  await press(page, w.board.show);
  await page.getByText(w.board.real).waitFor();
  const sahu = page.locator('tr', { hasText: 'Neha Sahu' });
  await sahu.locator('.chip.stop').first().waitFor();
  expect(await page.locator('.chip.risk').count()).toBeGreaterThan(0);
  expect(await page.locator('.chip.ok').count()).toBeGreaterThan(0);
  await check(page);

  // Beds: two who agreed share for unequal nights, the others wait.
  await page.goto(`/delegations/${reference}/rooms`);
  await page.getByText(w.rooms.free).first().waitFor();
  await check(page);

  // A travel file: the passport is masked until it is asked for.
  await page.goto(`/delegations/${reference}`);
  await page.getByRole('link', { name: 'Rohit Singh', exact: true }).click();
  await page.getByRole('heading', { name: w.file.passport }).waitFor();
  expect(await page.content()).not.toContain('P8005831');
  await check(page);
  await press(page, w.file.reveal);
  await page.getByText('P8005831').waitFor();
  await check(page);
  await page.locator('select[name=requirement]').selectOption('clearance');
  await page.locator('select[name=state]').selectOption('done');
  await press(page, w.file.record);
  await page.getByText(w.file.recorded).waitFor();

  // A leg is changed by hand: landing before take-off is refused with what was typed, a sound one is kept.
  const file = page.url();
  await page.locator('a[href*="/legs/"]:not([href$="/new"])').first().click();
  await page.locator('input[name=departs]').waitFor();
  await check(page);
  const departs = await page.locator('input[name=departs]').inputValue();
  await page.locator('input[name=arrives]').fill(departs.replace(/T.*/, 'T00:10'));
  await press(page, w.common.button.save);
  await page.getByText(errors[lng].delegations.leg.landsBeforeTakeOff).first().waitFor();
  expect(await page.locator('input[name=arrives]').inputValue()).toContain('T00:10');
  await check(page);
  await page.locator('input[name=carrier]').fill('SU 999');
  await page.locator('input[name=arrives]').fill(departs.replace(/T.*/, 'T08:45'));
  await press(page, w.common.button.save);
  await page.getByText(w.leg.changed).waitFor();
  await page.getByText('SU 999').waitFor();

  // Two who have not named each other are asked to share; each answers for themselves.
  const mates = ['Rohit Singh', 'Deepika Murmu'] as const;
  await page.goto(`${file}/share`);
  await check(page);
  await page.locator('select[name=mate]').selectOption({ label: await shownAs(page, mates[1]) });
  await press(page, w.share.ask);
  await page.getByText(w.share.asked).waitFor();
  await check(page);
  for (const name of mates) {
    const traveller = await signIn(await travellerCalled(name, reference), options);
    await traveller.page.goto('/delegations');
    await traveller.page.locator('a[href*="/people/"]').first().click();
    const mate = await shownAs(traveller.page, name === mates[0] ? mates[1] : mates[0]);
    const answer = traveller.page.getByRole('form', { name: w.share.answer.replace('{{name}}', mate) });
    await answer.waitFor();
    await check(traveller.page);
    await answer.getByRole('button', { name: w.share.agree, exact: true }).click();
    await traveller.page.getByText(w.share.done.agreed).waitFor();
    expect(traveller.complaints).toEqual([]);
  }
  await page.goto(`/delegations/${reference}/rooms`);
  const pair = page
    .locator('tr', { hasText: w.rooms.agreement.ok })
    .filter({ hasText: await shownAs(page, mates[1]) });
  await pair.first().waitFor();
  await check(page);

  // The host sees nothing until it is shared.
  const host = await signIn(await addPerson(portal.db, 'GIREDMET', ['coordinator']), options);
  await host.page.goto('/delegations');
  expect(await host.page.content()).not.toContain(reference);
  await page.goto(`/delegations/${reference}`);
  await press(page, w.board.share);
  await page.getByText(w.board.done.share).waitFor();
  await host.page.goto(`/delegations/${reference}`);
  await host.page.getByRole('link', { name: 'Rohit Singh', exact: true }).waitFor();
  await check(host.page);
  const [record] = await portal.db.select().from(delegation).where(eq(delegation.reference, reference));
  expect(record?.state).toBe('shared');
  // The browser names the answer to the form that was refused on purpose.
  const complaints = [...officer.complaints, ...host.complaints];
  expect(complaints.filter((one) => !/status of 422/.test(one))).toEqual([]);
});
