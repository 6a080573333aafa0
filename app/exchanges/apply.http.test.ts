import { desc, eq } from 'drizzle-orm';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { linkToken } from '#app/platform/link-token.server.ts';
import { call, endorsement } from '#db/schema/exchanges.ts';
import { link } from '#db/schema/people.ts';
import { file } from '#db/schema/platform.ts';
import {
  addApplication,
  addCall,
  addEndorsement,
  addExchangePeople,
  typedApplication,
} from '#tests/support/exchange.ts';
import { usePortal } from '#tests/support/portal.ts';
import { smallPdf } from '#tests/support/small-pdf.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';

const portal = await usePortal({ demo: true, jobs: false });
const { db } = portal;
const people = await addExchangePeople(db);
const now = new Date();
const reference = await addCall(db, people, now);
const apply = `/calls/${reference}/apply`;

const signedIn = async (actor: typeof people.student, lng: 'en' | 'ru' = 'en') => {
  const someone = portal.visitor(lng);
  await someone.signIn(await addAccount(db, actor));
  return someone;
};
const revisionIn = (html: string) => /name="revision" value="([^"]+)"/.exec(html)?.[1] ?? '';
const newStudent = () => addPerson(db, 'IITISM', ['student']);
const bytes = new Uint8Array(smallPdf('Plan'));
const pdf = (name = 'plan.pdf') => new File([bytes], name, { type: 'application/pdf' });
const typed = typedApplication(now);
const home = await signedIn(people.homeCoordinator);
const stranger = await signedIn(await newStudent());

const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const docx = zipSync({
  '[Content_Types].xml': strToU8(`<Types><Override ContentType="${MAIN}"/></Types>`),
  'word/document.xml': strToU8('<w:document/>'),
});

describe('a step', () => {
  it('is saved on its own, goes on to the next, and keeps what was typed when it is refused', async () => {
    const someone = await signedIn(await newStudent());
    const page = await someone.get(`${apply}/plan`);
    const plan = { title: typed.title, workPlan: typed.workPlan, workPlanLocale: 'en' };
    const saved = await someone.post(
      `${apply}/plan`,
      { ...plan, revision: revisionIn(page.text), intent: 'continue' },
      { follow: false },
    );
    expect([saved.status, saved.location]).toEqual([303, `${apply}/host`]);
    const host = { weeks: '-1', wishedStart: typed.wishedStart, wish1: 'Extraction' };
    const refused = await someone.post(`${apply}/host?lng=ru`, host);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Стажировка закончилась бы раньше, чем началась');
    expect(refused.text).toContain('value="Extraction"');
    const long = 'x'.repeat(10_000);
    const title = await someone.post(`${apply}/plan?lng=en`, {
      ...plan,
      title: long,
      revision: revisionIn((await someone.get(`${apply}/plan`)).text),
    });
    expect(title.status).toBe(422);
    expect(title.text).toContain('longer than 200 characters');
    expect(title.text).toContain(long);
    expect((await someone.get(`${apply}/plan`)).text).toContain(typed.title);
  });

  it('that says what no database keeps is refused, and is not taken for a failure of the portal', async () => {
    const someone = await signedIn(await newStudent());
    const year0 = await someone.post(`${apply}/host`, { wishedStart: '0000-01-01', weeks: '6' });
    expect([year0.status, year0.text.includes('Give a date between 2000 and 2099')]).toEqual([422, true]);
    const zero = { title: typed.title, workPlan: 'a\0b', workPlanLocale: 'en' };
    const auto = await someone.post(`${apply}/plan/draft`, zero);
    expect([auto.status, auto.text.startsWith('\n')]).toEqual([422, true]);
  });

  it('saves itself while it is typed, and a form from before is told it is stale, once', async () => {
    const someone = await signedIn(await newStudent());
    const first = revisionIn((await someone.get(`${apply}/plan`)).text);
    const plan = { title: 'One', workPlan: '', workPlanLocale: 'en' };
    const auto = await someone.post(`${apply}/plan/draft`, { ...plan, revision: first });
    expect(auto.status).toBe(200);
    const [revision, said] = auto.text.split('\n');
    expect(said).toMatch(/^Saved \d\d:\d\d$/);
    const next = { ...plan, title: 'Two' };
    const stale = await someone.post(`${apply}/plan/draft`, { ...next, revision: first });
    expect([stale.status, stale.text.split('\n')[0]]).toEqual([409, '']);
    const form = await someone.post(`${apply}/plan`, { ...next, revision: first });
    expect(form.status).toBe(409);
    expect(form.text).toContain('value="Two"');
    expect(revisionIn(form.text)).toBe(revision);
    const again = await someone.post(
      `${apply}/plan`,
      { ...next, revision: revisionIn(form.text), intent: 'save' },
      { follow: false },
    );
    expect(again.location).toBe(apply);
  });

  it('that broke off or is no form is told so with 400', async () => {
    const someone = await signedIn(await newStudent());
    const body = '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nhalf';
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const half = await someone.request(`${apply}/plan`, { method: 'POST', body, headers });
    expect(half.status).toBe(400);
    const file = await someone.request(`${apply}/documents`, { method: 'POST', body, headers });
    expect([400, 422]).toContain(file.status);
    expect(file.text).toContain('did not arrive whole');
  });
});

describe('a document', () => {
  const send = async (file: File, kind = 'plan') => {
    const someone = await signedIn(await newStudent());
    await someone.post(`${apply}/plan`, { title: typed.title });
    const answer = await someone.post(
      `${apply}/documents`,
      { kind, 'document.plan': file },
      { follow: false },
    );
    return { someone, answer };
  };

  it.each([
    ['lies about its type', new File(['MZ'], 'plan.pdf', { type: 'application/pdf' })],
    ['is empty', new File([], 'plan.pdf', { type: 'application/pdf' })],
    ['was cut off', new File([bytes.subarray(0, 200)], 'plan.pdf')],
    ['is too large', new File([Buffer.alloc(20_000_001, '%')], 'plan.pdf')],
    ['is another archive', new File([zipSync({ a: strToU8('a') })], 'plan.docx')],
    [
      'holds macros',
      new File(
        [
          zipSync({
            '[Content_Types].xml': strToU8('x'),
            'word/document.xml': strToU8('x'),
            'word/vbaProject.bin': strToU8('x'),
          }),
        ],
        'plan.docx',
      ),
    ],
  ])('that %s is refused at its field, and the draft stays', async (_, file) => {
    const { someone, answer } = await send(file);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('id="document.plan-error"');
    expect((await someone.get(`${apply}/plan`)).text).toContain(typed.title);
  });

  it('gets a safe name, is replaced by a later one, and is shown only where that does no harm', async () => {
    const { someone, answer } = await send(pdf('../..\u202e/pl\u202ean.pdf'));
    expect(answer.location).toBe(`${apply}/documents`);
    const page = await someone.get(`${apply}/documents`);
    expect(page.text).toContain('>plan.pdf</a>');
    const path = /href="(\/files\/[^"]+)"/.exec(page.text)?.[1] ?? '';
    const shown = await someone.get(path);
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/);
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    const word = new File([docx], 'plan.docx');
    await someone.post(`${apply}/documents`, { kind: 'plan', 'document.plan': word });
    const replaced = await someone.get(`${apply}/documents`);
    expect(replaced.text).toContain('version 2');
    const saved = await someone.get(/href="(\/files\/[^"]+)"/.exec(replaced.text)?.[1] ?? '');
    expect(saved.headers.get('content-disposition')).toMatch(
      /^attachment; filename=plan\.docx|^attachment; filename="plan\.docx"/,
    );
  });

  it('of no kind that is asked for is refused, and nothing is kept', async () => {
    const { answer } = await send(pdf(), 'photo');
    expect(answer.status).toBe(422);
  });

  it('is read by the parties alone', async () => {
    const applicant = await newStudent();
    const someone = await signedIn(applicant);
    for (const step of ['plan', 'host']) {
      const revision = revisionIn((await someone.get(`${apply}/${step}`)).text);
      await someone.post(`${apply}/${step}`, { wish1: '', wish2: '', wish3: '', ...typed, revision });
    }
    await someone.post(`${apply}/documents`, { kind: 'plan', 'document.plan': pdf() });
    await addEndorsement(db, applicant, reference, now);
    await someone.post(`${apply}/declarations`, { declared: 'on', consent: 'on' });
    const checking = await someone.get(`${apply}/check`);
    const path = /href="(\/files\/[^"]+)"/.exec(checking.text)?.[1] ?? '';
    expect((await someone.get(path)).status).toBe(200);
    expect((await home.get(path)).status).toBe(404);
    const sent = await someone.post(`${apply}/check`, { revision: revisionIn(checking.text) });
    expect(sent.url).toContain('/exchanges/EX-');
    expect((await home.get(path)).status).toBe(200);
    expect((await stranger.get(path)).status).toBe(404);
    const paper = await home.get(`${new URL(sent.url).pathname}/application.pdf?lng=ru`);
    expect(paper.headers.get('content-type')).toBe('application/pdf');
    expect(paper.text.startsWith('%PDF-')).toBe(true);
  });
});

describe('a submission', () => {
  it('that comes too late is refused with its own sentence, and the draft is kept', async () => {
    const closing = await addCall(db, people, now);
    const applicant = await newStudent();
    const draft = await addApplication(db, applicant, closing, now, { submit: false });
    const late = await signedIn(applicant);
    await db
      .update(call)
      .set({ deadline: new Date(Date.now() - 1000) })
      .where(eq(call.reference, closing));
    const send = { revision: draft.revision };
    const answer = await late.post(`/calls/${closing}/apply/check`, send, { follow: false });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('The deadline of this call has passed');
    expect((await late.get(`/calls/${closing}/apply/plan`)).text).toContain(typed.title);
    const russian = await signedIn(await newStudent(), 'ru');
    expect((await russian.get(`/calls/${closing}/apply?lng=ru`)).text).toContain('Срок подачи заявок истёк');
  });

  it('that is incomplete names what is missing at its place', async () => {
    const someone = await signedIn(await newStudent());
    await someone.post(`${apply}/plan`, { title: typed.title });
    const checking = await someone.get(`${apply}/check`);
    expect(checking.text).toContain('Ask your supervisor at home for an endorsement');
    const answer = await someone.post(`${apply}/check`, { revision: revisionIn(checking.text) });
    expect(answer.status).toBe(422);
  });

  it('takes no document after it, and keeps none that was sent all the same', async () => {
    const applicant = await newStudent();
    await addApplication(db, applicant, reference, now);
    const someone = await signedIn(applicant);
    await someone.post(`${apply}/documents`, { kind: 'plan', 'document.plan': pdf('late.pdf') });
    const kept = await db.select().from(file).where(eq(file.ownerId, applicant.personId));
    expect(kept.filter((one) => one.subjectId === null && one.erasedAt === null)).toEqual([]);
    expect(kept.some((one) => one.erasedAt !== null)).toBe(true);
  });

  it('sent twice at once is one, and the second is led to the record', async () => {
    const applicant = await newStudent();
    const draft = await addApplication(db, applicant, reference, now, { submit: false });
    const someone = await signedIn(applicant);
    const send = () => someone.post(`${apply}/check`, { revision: draft.revision }, { follow: false });
    for (const answer of await Promise.all([send(), send()]))
      expect(answer.location ?? answer.url).toContain(`/exchanges/${draft.reference}`);
  });
});

describe('an endorsement', () => {
  it('is answered through the link, once; used, expired and wrong are three answers', async () => {
    const applicant = await newStudent();
    const someone = await signedIn(applicant);
    await someone.post(`${apply}/plan`, { ...typed });
    const named = { givenName: 'Meera', familyName: 'Iyer', email: 'meera@elsewhere.example' };
    const asked = await someone.post(`${apply}/endorsement`, { ...named, intent: 'ask' });
    expect(asked.text).toContain('The request is on its way');
    const [question] = await db
      .select()
      .from(endorsement)
      .innerJoin(link, eq(link.id, endorsement.linkId))
      .orderBy(desc(link.createdAt))
      .limit(1);
    const token = linkToken('only-for-tests-only-for-tests-only-for-tests', question?.link.id ?? '');
    const supervisor = portal.visitor('ru');
    for (const _ of [1, 2]) {
      const shown = await supervisor.get(`/links/${token}`);
      expect(shown.status).toBe(200);
      expect(shown.text).toContain(typed.title);
      expect(shown.headers.get('cache-control')).toContain('no-store');
    }
    const silent = await supervisor.post(`/links/${token}`, { decision: 'give', words: '' });
    expect(silent.status).toBe(422);
    const given = { decision: 'give', words: 'Поддерживаю.' };
    const thanked = await supervisor.post(`/links/${token}`, given);
    expect(thanked.status).toBe(200);
    expect(thanked.text).toContain('Ответ записан');
    const again = await supervisor.post(`/links/${token}`, given);
    expect(again.status).toBe(410);
    expect((await supervisor.get(`/links/${token}`)).text).toContain('Ссылка уже использована');
    expect((await supervisor.get(`/links/${token.slice(0, -2)}`)).status).toBe(404);
    expect((await someone.get(`${apply}/endorsement`)).text).toContain('Поддерживаю.');
    await someone.post(`${apply}/endorsement`, { intent: 'take-back' });
    await someone.post(`${apply}/endorsement`, { ...named, intent: 'ask' });
    await db.update(link).set({ expiresAt: new Date(Date.now() - 1000) });
    const rows = await db.select().from(link).orderBy(link.createdAt);
    const late = linkToken('only-for-tests-only-for-tests-only-for-tests', rows.at(-1)?.id ?? '');
    const expired = await supervisor.get(`/links/${late}`);
    expect(expired.status).toBe(410);
    expect(expired.text).toContain('Срок действия ссылки истёк');
  });

  it('is answered by who can sign in on the portal, and waits on their first page', async () => {
    const applicant = await newStudent();
    const someone = await signedIn(applicant);
    await someone.post(`${apply}/plan`, { ...typed });
    const supervisor = await addPerson(db, 'IITISM', ['supervisor']);
    const professor = await signedIn(supervisor);
    await addEndorsement(db, applicant, reference, now, { supervisor, give: false });
    const front = await professor.get('/home');
    const path = /href="(\/exchanges\/[^"]+\/endorsement)"/.exec(front.text)?.[1] ?? '';
    expect((await professor.get(path)).text).toContain(typed.title);
    expect((await someone.get(path)).status).toBe(403);
    expect((await stranger.get(path)).status).toBe(404);
    const answer = await professor.post(path, { decision: 'refuse', words: 'Too early.' });
    expect(answer.status).toBe(200);
    expect((await professor.post(path, { decision: 'give', words: 'Yes.' })).status).toBe(409);
    expect((await someone.get(`${apply}/endorsement`)).text).toContain('Too early.');
  });
});
