import { describe, expect, it } from 'vitest';
import { addExchangePeople } from '#tests/support/exchange.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount } from '#tests/support/thesis.ts';

const portal = await usePortal({ demo: true, jobs: false });
const { db } = portal;
const people = await addExchangePeople(db);

const signedIn = async (actor: typeof people.student, lng: 'en' | 'ru' = 'en') => {
  const someone = portal.visitor(lng);
  await someone.signIn(await addAccount(db, actor));
  return someone;
};

const student = await signedIn(people.student);
const home = await signedIn(people.homeCoordinator);
const host = await signedIn(people.hostCoordinator, 'ru');

describe('a call', () => {
  const form = {
    'title.en': 'Magnets',
    'title.ru': 'Магниты',
    'summary.en': 'About',
    'summary.ru': 'О чём',
    'conditions.en': 'Conditions',
    'conditions.ru': 'Условия',
    'areas.en': 'Powders\r\nSintering',
    'areas.ru': 'Порошки\r\nСпекание',
    eligible: ['student', 'engineer'],
    deadlineZone: 'Asia/Kolkata',
    opensAt: '2026-01-01T10:00',
    deadline: '2099-01-01T18:00',
    nominateBy: '2099-02-01T18:00',
    answerBy: '2099-03-01T18:00',
    stayFrom: '2099-04-01',
    stayUntil: '2099-12-01',
    weeksMin: '4',
    weeksMax: '12',
    direction: 'in-ru',
    placesToRu: '2',
    placesToIn: '',
    'costsIn.en': 'Travel',
    'costsIn.ru': 'Проезд',
    'costsRu.en': 'Lodging',
    'costsRu.ru': 'Проживание',
    documents: ['plan', 'cv'],
    signerIn: people.homeCoordinator.institutionId,
    signerRu: people.hostCoordinator.institutionId,
  };

  it('is drafted, changed and signed by both before anybody else sees it', async () => {
    expect((await student.get('/exchanges/calls/new')).status).toBe(403);
    const refused = await home.post('/exchanges/calls/new', {
      ...form,
      'areas.ru': 'Порошки',
      'title.ru': '',
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('id="title.ru-error"');
    expect(refused.text).toContain('id="areas.ru-error"');
    expect(refused.text).toContain('О чём');
    const drafted = await home.post('/exchanges/calls/new', form, { follow: false });
    expect(drafted.status).toBe(303);
    const page = drafted.location ?? '';
    const callPath = page.replace('/signature', '');
    expect((await student.get(callPath)).status).toBe(404);
    const hashIn = (html: string) => /name="hash" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const shown = await host.get(page);
    await host.post(page, { hash: hashIn(shown.text) });
    const editing = await home.get(`${callPath}/edit`);
    expect(editing.text).toContain('value="2099-01-01T18:00"');
    await home.post(`${callPath}/edit`, { ...form, weeksMax: '10', hash: hashIn(editing.text) });
    const changed = await host.get(`${page}?lng=en`);
    expect(changed.text).toContain('voided when the text was changed');
    expect(changed.text).toContain('What changed since version 1');
    expect((await host.post(page, { hash: hashIn(shown.text) })).status).toBe(409);
    for (const who of [home, host]) await who.post(page, { hash: hashIn(changed.text) });
    const published = await portal.visitor('ru').get(callPath);
    expect(published.status).toBe(200);
    expect(published.text).toContain('15:30');
  });
});

describe('the list', () => {
  it('answers nonsense in its address as if it were not there', async () => {
    const answer = await home.get(
      '/exchanges?state=archived&after=x_y&party=me&search=%25%5C_&before=9999-99-99',
    );
    expect(answer.status).toBe(200);
    expect((await home.get('/exchanges?after=2026-99-99T00:00:00.000000Z_not-an-id')).status).toBe(200);
  });
});
