import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import {
  addApplication,
  addCall,
  addExchangePeople,
  agreedStay,
  makeAccepted,
  makeEligible,
  makeNominated,
  revisionOf,
} from '#tests/support/exchange.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import { findIneligible } from './find-ineligible.ts';
import { lettersOf } from './letters/letter-queries.ts';

const portal = await usePortal({ demo: true, jobs: false });
const { db } = portal;
const people = await addExchangePeople(db);
const now = new Date();
const call = await addCall(db, people, now);
const supervisor = await addPerson(db, 'GIREDMET', ['supervisor'], 'anna.petrova@test.example');

const signedIn = async (actor: typeof people.student, lng: 'en' | 'ru' = 'en') => {
  const someone = portal.visitor(lng);
  await someone.signIn(await addAccount(db, actor));
  // A person of Dhanbad reads English unless they say otherwise.
  await someone.get(`/home?lng=${lng}`);
  return someone;
};
type Visitor = Awaited<ReturnType<typeof signedIn>>;
const revisionIn = (html: string) => /name="revision" value="([^"]+)"/.exec(html)?.[1] ?? '';
const newStudent = () => addPerson(db, 'IITISM', ['student']);

const stranger = await signedIn(people.student);
const home = await signedIn(people.homeCoordinator);
const host = await signedIn(people.hostCoordinator, 'ru');
const elsewhere = await signedIn(await addPerson(db, 'TEXMIN', ['coordinator']));

const submitted = async () => {
  const actor = await newStudent();
  const { reference, id } = await addApplication(db, actor, call, now);
  return { actor, reference, id };
};
/** Opens a form and sends it filled in. */
const sent = async (who: Visitor, path: string, fields: Record<string, string>) => {
  const shown = await who.get(path);
  expect(shown.status).toBe(200);
  return who.post(path, { ...fields, revision: revisionIn(shown.text) });
};

describe('pens', () => {
  it('are refused to those who do not hold them', async () => {
    const { actor, reference } = await submitted();
    const own = await signedIn(actor);
    const status = async (who: Visitor, page: string, fields?: Record<string, string>) =>
      (fields
        ? await who.post(`/exchanges/${reference}/${page}`, fields)
        : await who.get(`/exchanges/${reference}/${page}`)
      ).status;
    const check = { decision: 'eligible', revision: await revisionOf(db, reference) };
    expect(await status(own, 'eligibility')).toBe(403);
    expect(await status(own, 'eligibility', check)).toBe(403);
    expect(await status(host, 'eligibility', check)).toBe(403);
    expect(await status(stranger, 'eligibility', check)).toBe(404);
    await makeEligible(db, people, reference, now);
    const nominate = { decision: 'nominate', confirmed: 'on', revision: await revisionOf(db, reference) };
    expect(await status(own, 'nomination')).toBe(403);
    expect(await status(own, 'nomination', nominate)).toBe(403);
    expect(await status(stranger, 'nomination', nominate)).toBe(404);
    expect(await status(host, 'nomination', nominate)).toBe(403);
    expect(await status(elsewhere, 'nomination', nominate)).toBe(404);
    expect((await elsewhere.get(`/exchanges/${reference}`)).status).toBe(404);
    expect(await status(home, 'withdrawal', { revision: nominate.revision })).toBe(403);
    const forged = await home.post(`/exchanges/${reference}/nomination`, nominate, {
      origin: 'https://evil.example',
    });
    expect(forged.status).toBe(403);
  });

  it('of the host are refused to the home coordinator, whatever is sent', async () => {
    const { reference } = await submitted();
    await makeNominated(db, people, reference, now);
    const revision = await revisionOf(db, reference);
    const page = `/exchanges/${reference}/answer`;
    const { stayFrom, stayUntil, laboratory, hostSupervisorId } = agreedStay(supervisor, now);
    const stay = { stayFrom, stayUntil, laboratory, hostSupervisorId };
    for (const fields of [
      { decision: 'accept', ...stay },
      { decision: 'decline', reason: 'No' },
      { decision: 'ask', question: 'Why?' },
      {},
    ]) {
      expect((await home.post(page, { ...fields, revision })).status).toBe(403);
    }
    expect((await home.get(page)).status).toBe(403);
    expect(await revisionOf(db, reference)).toBe(revision);
  });

  it('that were used meanwhile leave a form that says so and keeps what was typed', async () => {
    const { reference } = await submitted();
    const second = await signedIn(await addPerson(db, 'IITISM', ['coordinator']));
    const page = `/exchanges/${reference}/eligibility`;
    const revision = revisionIn((await second.get(page)).text);
    await home.post(page, { decision: 'eligible', revision });
    const late = await second.post(page, { decision: 'ineligible', reason: 'A long reason', revision });
    expect(late.status).toBe(409);
    expect(late.text).toContain('A long reason');
    expect((await second.get(page)).text).toContain('This step has been taken');
  });
});

describe('the whole line', () => {
  it('goes from the check over a question and its reply to the acceptance, each told in the reader’s language', async () => {
    const { actor, reference } = await submitted();
    const record = `/exchanges/${reference}`;
    const own = await signedIn(actor, 'ru');
    const checking = await home.get(`${record}/eligibility`);
    // The portal's own checks are explained before anything is decided.
    expect(checking.text).toContain('The stay lies within the period of the call.');
    await sent(home, `${record}/eligibility`, { decision: 'eligible' });
    await sent(home, `${record}/nomination`, { decision: 'nominate', confirmed: 'on' });
    const refused = await sent(host, `${record}/answer`, { decision: 'ask', question: ' ' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Напишите вопрос');
    await sent(host, `${record}/answer`, { decision: 'ask', question: 'Какая печь нужна?' });
    const shown = await own.get(record);
    expect(shown.text).toContain('Какая печь нужна?');
    expect(shown.text).toContain('Вопрос принимающей стороны');
    const replied = await sent(home, `${record}/reply`, { reply: 'The tube furnace.' });
    expect(replied.text).toContain('The reply is sent');
    expect((await host.get(record)).text).toContain('The tube furnace.');
    const { stayFrom, stayUntil, laboratory, hostSupervisorId } = agreedStay(supervisor, now);
    const stay = { stayFrom, stayUntil, laboratory, hostSupervisorId };
    const backwards = await sent(host, `${record}/answer`, {
      decision: 'accept',
      ...stay,
      stayUntil: '2020-01-01',
    });
    expect(backwards.status).toBe(422);
    expect(backwards.text).toContain('id="stayUntil-error"');
    expect(backwards.text).toContain('Laboratory 14');
    await sent(host, `${record}/answer`, { decision: 'accept', ...stay });
    const accepted = await own.get(record);
    expect(accepted.text).toContain('Письмо-согласие принимающей организации');
    expect(accepted.text).toContain('Anna Petrova');
  });

  it('returns for correction with comments by section', async () => {
    const { actor, reference } = await submitted();
    const page = `/exchanges/${reference}/eligibility`;
    const refused = await sent(home, page, { decision: 'return', 'comment.plan': 'Say what week 3 is for.' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('id="dueOn-error"');
    expect(refused.text).toContain('Say what week 3 is for.');
    const dueOn = new Date(now.getTime() + 5 * 86_400_000).toISOString().slice(0, 10);
    await sent(home, page, { decision: 'return', 'comment.plan': 'Say what week 3 is for.', dueOn });
    const own = await (await signedIn(actor)).get(`/exchanges/${reference}`);
    expect(own.text).toContain('Say what week 3 is for.');
    expect(own.text).toContain('It is your turn');
    // What is between the applicant and home is not the host's to read.
    expect((await host.get(`/exchanges/${reference}`)).text).not.toContain('Say what week 3 is for.');
  });

  it('is appealed against, and the appeal decided', async () => {
    const { actor, reference } = await submitted();
    const record = `/exchanges/${reference}`;
    const own = await signedIn(actor);
    await sent(home, `${record}/eligibility`, { decision: 'ineligible', reason: 'No certificate.' });
    expect((await own.get(record)).text).toContain('You can appeal against this decision until');
    await sent(own, `${record}/appeal`, { words: 'It is on page 3.' });
    expect((await own.get(`${record}/appeal`)).text).toContain('This step has been taken');
    const page = await home.get(`${record}/appeal/decision`);
    expect(page.text).toContain('It is on page 3.');
    expect((await host.get(`${record}/appeal/decision`)).status).toBe(403);
    await sent(home, `${record}/appeal/decision`, { outcome: 'upheld', reason: 'So it is.' });
    expect((await own.get(record)).text).toContain('So it is.');
  });

  it('says the last day to whoever appeals too late', async () => {
    const { actor, reference } = await submitted();
    const long = new Date(now.getTime() - 20 * 86_400_000);
    const decision = { reference, revision: await revisionOf(db, reference), reason: 'No.' };
    await findIneligible(db, people.homeCoordinator, decision, long);
    const own = await signedIn(actor, 'ru');
    const late = await own.post(`/exchanges/${reference}/appeal`, {
      words: 'Прошу пересмотреть.',
      revision: await revisionOf(db, reference),
    });
    expect(late.status).toBe(422);
    expect(late.text).toContain('Подать апелляцию можно было не позднее');
    expect(late.text).toContain('Прошу пересмотреть.');
  });
});

describe('a letter', () => {
  it('is a paper for the applicant and both institutions, and for nobody else', async () => {
    const { actor, reference, id } = await submitted();
    await makeAccepted(db, people, reference, now, { hostSupervisor: supervisor });
    const [letter] = await lettersOf(db, id);
    const path = `/exchanges/${reference}/letters/${letter?.number}`;
    for (const who of [await signedIn(actor), home, host]) {
      const answer = await who.get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('application/pdf');
    }
    const others = [stranger, elsewhere, await signedIn(supervisor)];
    for (const who of others) expect((await who.get(path)).status).toBe(404);
    const other = await submitted();
    expect((await home.get(`/exchanges/${other.reference}/letters/${letter?.number}`)).status).toBe(404);
    const cookie = [...home.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const paper = await fetch(new URL(path, portal.url), { headers: { cookie } });
    const bytes = new Uint8Array(await paper.arrayBuffer());
    const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true });
    expect(text).toContain('Letter of nomination');
    expect(text.replace(/\s+/g, ' ')).toContain('Письмо о выдвижении');
    expect(text).toContain(letter?.number);
  });
});
