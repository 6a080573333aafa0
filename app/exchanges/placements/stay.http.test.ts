import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { usePortal } from '#tests/support/portal.ts';
import {
  addStay,
  after,
  confirmName,
  laidHash,
  onDay,
  stayRow,
  typedProgramme,
} from '#tests/support/stay.ts';
import { addAccount } from '#tests/support/thesis.ts';
import type { Capacity } from './capacities.ts';

const portal = await usePortal({ demo: true, jobs: false });
const { db } = portal;
const now = new Date();
// What the portal asks is asked today: the stay began seventy days ago.
const then = after(now, -70);
const { people, reference } = await addStay(db, then);
await confirmName(db, people.student);
const here = `/exchanges/${reference}`;

const signedIn = async (actor: PersonActor, lng: 'en' | 'ru') => {
  const someone = portal.visitor(lng);
  await someone.signIn(await addAccount(db, actor));
  return someone;
};
const visitors = {
  participant: await signedIn(people.student, 'en'),
  'home-coordinator': await signedIn(people.homeCoordinator, 'en'),
  'host-supervisor': await signedIn(people.hostSupervisor, 'ru'),
  'host-coordinator': await signedIn(people.hostCoordinator, 'ru'),
};
const { participant: student, 'home-coordinator': home, 'host-supervisor': supervisor } = visitors;
const host = visitors['host-coordinator'];
const revision = async () => (await stayRow(db, reference)).revision;

/** The programme as its form sends it. */
function programmeForm(change: Record<string, string> = {}): Record<string, string> {
  const form: Record<string, string> = {};
  const put = (value: unknown, path: string) => {
    if (typeof value === 'string') form[path] = value;
    else
      for (const [key, inner] of Object.entries(value as object)) put(inner, path ? `${path}.${key}` : key);
  };
  put(typedProgramme(then), '');
  return { ...form, ...change };
}

test('a stay from the programme to the certificate that anyone can check', async () => {
  const edit = await student.get(`${here}/programme/edit`);
  expect(edit.status).toBe(200);
  expect(edit.text).toContain('Tasks by week');
  const incomplete = programmeForm({ 'objectives.ru': '', revision: await revision(), intent: 'lay' });
  const refused = await student.post(`${here}/programme/edit`, incomplete);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('id="objectives.ru-error"');
  expect(refused.text).toContain('Counter-current trial');
  const laid = await student.post(
    `${here}/programme/edit`,
    programmeForm({ revision: await revision(), intent: 'lay' }),
    { follow: false },
  );
  expect(laid.location).toBe(`${here}/programme/signature`);

  const page = await supervisor.get(`${here}/programme/signature`);
  const hash = await laidHash(db, reference, 'programme');
  expect(page.text).toContain(hash);
  expect(page.text).toContain('Разделить тяжёлые РЗЭ.');
  const foreign = await home.post(`${here}/programme/signature`, {
    intent: 'sign',
    hash,
    as: 'host-coordinator',
  });
  expect(foreign.status).toBe(403);
  for (const [as, who] of Object.entries(visitors) as [Capacity, typeof student][]) {
    const signed = await who.post(
      `${here}/programme/signature`,
      { intent: 'sign', hash, as },
      { follow: false },
    );
    expect(signed.status).toBe(303);
  }
  expect((await stayRow(db, reference)).state).toBe('preparing');

  const exchange = await student.get(here);
  expect(exchange.status).toBe(200);
  expect(exchange.text).toContain('/travel/passport');
  const ready = await home.get(`${here}/readiness`);
  expect(ready.status).toBe(200);

  const future = { arrivedOn: onDay(now, 2), revision: await revision() };
  const early = await host.post(`${here}/arrival`, future);
  expect(early.status).toBe(422);
  expect(early.text).toContain('Этот день ещё не наступил');
  const arrival = { arrivedOn: onDay(now, -1), revision: await revision(), reason: '' };
  const arrived = await host.post(
    `${here}/arrival`,
    { ...arrival, reason: 'Приехал раньше' },
    { follow: false },
  );
  expect(arrived.status).toBe(303);
  expect((await host.get(`${here}/stay`)).text).toContain('миграционный учёт');
  const duty = { intent: 'duty', duty: 'ru-notification', doneOn: onDay(now, 0) };
  expect((await host.post(`${here}/stay`, duty, { follow: false })).status).toBe(303);
  const month = `${onDay(now, 0).slice(0, 7)}-01`;
  const note = { intent: 'note', month, words: 'First tests.', locale: 'en', revision: '' };
  expect((await student.post(`${here}/stay`, note, { follow: false })).status).toBe(303);
  const stale = await student.post(`${here}/stay`, { ...note, words: 'Other words.' });
  expect(stale.status).toBe(409);
  expect(stale.text).toContain('Other words.');

  const asking = {
    intent: 'ask',
    kind: 'early-return',
    newDate: onDay(now, 20),
    reason: 'A thesis defence at home',
  };
  expect((await student.post(`${here}/requests`, asking, { follow: false })).status).toBe(303);
  expect((await supervisor.get(`${here}/requests`)).text).not.toContain('A thesis defence at home');
  const decision = { intent: 'decide', number: '1', outcome: 'granted', reason: '' };
  expect((await host.post(`${here}/requests`, decision)).status).toBe(403);
  expect((await home.post(`${here}/requests`, decision, { follow: false })).status).toBe(303);
  expect((await stayRow(db, reference)).ends_on).toBe(onDay(now, 20));

  const leaving = { leftOn: onDay(now, 0), reason: 'Уехал раньше', revision: await revision() };
  expect((await host.post(`${here}/departure`, leaving, { follow: false })).status).toBe(303);
  const report = { intent: 'submit', report: 'Six weeks.', locale: 'en', revision: await revision() };
  expect((await student.post(`${here}/report`, report, { follow: false })).status).toBe(303);
  const output = { 'outputs.0.kind': 'data', 'outputs.0.title': 'Isotherms', 'outputs.0.identifier': '' };
  const outputs = { intent: 'outputs', revision: await revision(), ...output };
  expect((await student.post(`${here}/report`, outputs, { follow: false })).status).toBe(303);
  const evaluation = { grade: 'good', evaluation: 'Хорошо.', locale: 'ru', revision: await revision() };
  expect((await supervisor.post(`${here}/evaluation`, evaluation, { follow: false })).status).toBe(303);
  for (const [who, heading] of [
    [home, 'travel'],
    [host, 'lodging'],
  ] as const) {
    const costs = { intent: 'costs', [`amount.${heading}`]: '45000', revision: await revision() };
    expect((await who.post(`${here}/closing`, costs, { follow: false })).status).toBe(303);
  }
  const lay = { intent: 'lay', revision: await revision() };
  expect((await home.post(`${here}/closing`, lay, { follow: false })).status).toBe(303);
  const closing = await laidHash(db, reference, 'closing');
  for (const [who, as] of [
    [home, 'home-coordinator'],
    [host, 'host-coordinator'],
  ] as const) {
    const signed = await who.post(
      `${here}/closing`,
      { intent: 'sign', as, hash: closing },
      { follow: false },
    );
    expect(signed.status).toBe(303);
  }

  const closed = await student.get(here);
  const code = /\/verify\/([0-9A-HJKMNP-TV-Z]{26})/.exec(closed.text)?.[1] ?? '';
  const guest = portal.visitor('ru');
  const check = await guest.get(`/verify/${code}`);
  expect(check.status).toBe(200);
  expect(check.text).toContain('Deepika Kumari');
  expect(check.text).toContain('Дипика Кумари');
  expect(check.text).toContain('Сертификат о прохождении стажировки');
  // What is the parties' alone is not on the public page.
  expect(check.text).not.toContain('Six weeks.');
  expect(check.text).not.toContain('45,000');
  const paper = await fetch(new URL(`/verify/${code}/certificate.pdf`, portal.url));
  const { text, totalPages } = await extractText(
    await getDocumentProxy(new Uint8Array(await paper.arrayBuffer())),
    { mergePages: true },
  );
  const words = text.replace(/\s+/g, ' ');
  expect(totalPages).toBe(1);
  for (const said of [
    'Certificate of stay',
    'Сертификат о прохождении стажировки',
    'Deepika Kumari',
    'Дипика Кумари',
    reference,
    'Laboratory 14',
  ]) {
    expect(words).toContain(said);
  }
}, 60_000);
