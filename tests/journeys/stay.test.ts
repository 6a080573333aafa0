import { expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import {
  collectComplaints,
  expectAccessible,
  noHorizontalScroll,
  useBrowser,
} from '#tests/support/browser.ts';
import { usePortal } from '#tests/support/portal.ts';
import {
  addStay,
  after,
  layStay,
  makeClosable,
  makePreparing,
  onDay,
  signStay,
} from '#tests/support/stay.ts';
import { addAccount } from '#tests/support/thesis.ts';
import { demoPassword } from '#tests/support/visitor.ts';

const portal = await usePortal({ demo: true, jobs: false });
const { newPage } = await useBrowser();
const { db } = portal;
const now = new Date();

const WORDS = {
  en: {
    sign: 'Sign version 1',
    arrival: 'Confirm the arrival',
    day: 'Day of arrival',
    note: 'Note',
    duties: 'After arrival',
    lay: 'Send to both for signing',
    certificate: 'Open the certificate',
    valid: 'This certificate is valid',
  },
  ru: {
    sign: 'Подписать версию 1',
    arrival: 'Подтвердить прибытие',
    day: 'День прибытия',
    note: 'Примечание',
    duties: 'После прибытия',
    lay: 'Передать на подпись',
    certificate: 'Открыть сертификат',
    valid: 'Сертификат действителен',
  },
};

test.each(['en', 'ru'] as const)(
  'a stay is signed, begun and closed, and its certificate checked, in %s',
  async (lng) => {
    const words = WORDS[lng];
    /** A fresh visitor on a phone, who leaves no complaint of the browser behind. */
    const as = async (
      actor: PersonActor,
      act: (page: Awaited<ReturnType<typeof newPage>>) => Promise<void>,
    ) => {
      const page = await newPage({ baseURL: portal.url, lng, width: 390, javaScriptEnabled: false });
      const complaints = collectComplaints(page);
      await page.goto(`/sign-in?lng=${lng}`);
      await page.fill('input[name=email]', await addAccount(db, actor));
      await page.fill('input[name=password]', demoPassword);
      await page.click('main button[type=submit]');
      await act(page);
      await expectAccessible(page);
      await noHorizontalScroll(page);
      expect(complaints).toEqual([]);
      await page.close();
    };
    const looksRight = async (page: Awaited<ReturnType<typeof newPage>>, path: string) => {
      await page.goto(path);
      await expectAccessible(page);
      await noHorizontalScroll(page);
    };

    // The fourth signature puts the programme into force.
    const first = await addStay(db, after(now, -70));
    await layStay(db, first.people, first.reference, after(now, -70));
    const others = ['home-coordinator', 'host-supervisor', 'host-coordinator'] as const;
    await signStay(db, first.people, first.reference, now, others);
    const here = `/exchanges/${first.reference}`;
    await as(first.people.student, async (page) => {
      await looksRight(page, `${here}/programme/edit`);
      await looksRight(page, `${here}/programme`);
      await looksRight(page, `${here}/programme/signature`);
      await page.getByRole('button', { name: words.sign }).click();
      await page.waitForURL(`**${here}`);
    });

    // The host confirms the arrival, and the law’s dates stand on the page.
    await as(first.people.hostCoordinator, async (page) => {
      await looksRight(page, here);
      await looksRight(page, `${here}/readiness`);
      await looksRight(page, `${here}/arrival`);
      await page.getByLabel(words.day).fill(onDay(now, -1));
      await page.getByLabel(words.note).fill('—');
      await page.getByRole('button', { name: words.arrival }).click();
      await page.waitForURL(`**${here}`);
      await page.getByRole('heading', { name: words.duties }).waitFor();
      await looksRight(page, `${here}/requests`);
      await looksRight(page, `${here}/stay`);
    });

    // Both coordinators sign the closing; the second signature issues the certificate.
    const last = await addStay(db, after(now, -140));
    await makeClosable(db, last.people, last.reference, after(now, -140));
    const closing = `/exchanges/${last.reference}/closing`;
    await as(last.people.homeCoordinator, async (page) => {
      await looksRight(page, closing);
      await page.getByRole('button', { name: words.lay }).click();
      await page.getByRole('button', { name: words.sign }).click();
      await page.waitForURL(`**${closing}`);
    });
    await as(last.people.hostCoordinator, async (page) => {
      await page.goto(closing);
      await page.getByRole('button', { name: words.sign }).click();
      await page.waitForURL(`**/exchanges/${last.reference}`);
      await page.getByRole('link', { name: words.certificate }).click();
      await page.getByText(words.valid).first().waitFor();
    });

    const second = await addStay(db, after(now, -20));
    await makePreparing(db, second.people, second.reference, after(now, -20));
    await as(second.people.student, (page) => looksRight(page, `/exchanges/${second.reference}`));
  },
  120_000,
);
