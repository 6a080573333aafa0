import { and, eq, isNull } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { auditRow, delivery, message, signature } from '#db/schema/platform.ts';
import { opinion, progressReport } from '#db/schema/supervision.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addPerson, addThesis } from '#tests/support/thesis.ts';
import { giveOpinion } from './give-opinion.ts';
import { proposeDecision } from './propose-decision.ts';
import { readableOpinions, receiptsOf, reportInScope } from './queries.ts';
import { returnReport } from './return-report.ts';
import { saveReport } from './save-report.ts';
import type { ReportInput } from './schemas.ts';
import { signDecision } from './sign-decision.ts';
import { startReport } from './start-report.ts';
import { submitReport } from './submit-report.ts';
import { waitingTasks } from './waiting-tasks.ts';

const { db } = await useDatabase();
const now = new Date('2026-11-21T10:00:00Z');

const texts: ReportInput = {
  done: { en: 'Twelve leaching series.', ru: '' },
  shareDone: '45',
  publications: { en: '', ru: '' },
  plan: { en: '', ru: 'Укрупнённые испытания.' },
  difficulties: { en: '', ru: '' },
};
const said = { outcome: 'satisfactory', text: { en: 'Good work, on schedule.', ru: '' } };
const decision = {
  outcome: 'with-remarks',
  text: { en: 'Passed with remarks.', ru: 'Аттестован с замечаниями.' },
};

async function started() {
  const thesis = await addThesis(db);
  const { candidate, reference } = thesis;
  const number = await startReport(db, candidate, { reference, halfYear: { year: 2026, half: 2 } }, now);
  const report = async () => (await reportInScope(db, candidate, reference, number)).report;
  const at = async () => ({ reference, number, revision: (await report()).revision });
  return { ...thesis, number, report, at };
}

async function submitted() {
  const found = await started();
  await submitReport(db, found.candidate, { ...(await found.at()), texts }, now);
  return found;
}

async function withOpinions() {
  const found = await submitted();
  await giveOpinion(db, found.supervisor, { ...(await found.at()), ...said }, now);
  await giveOpinion(db, found.coSupervisor, { ...(await found.at()), ...said }, now);
  return found;
}

async function proposed() {
  const found = await withOpinions();
  await proposeDecision(db, found.supervisor, { ...(await found.at()), ...decision }, now);
  const shown = async () => {
    const { decisions } = await reportInScope(db, found.candidate, found.reference, found.number);
    return decisions.at(-1)?.version.hash ?? '';
  };
  const sign = (actor: PersonActor, hash: string) =>
    signDecision(db, actor, { reference: found.reference, number: found.number, hash, locale: 'en' }, now);
  return { ...found, shown, sign };
}

async function toldOf(code: string, actor: PersonActor) {
  const rows = await db
    .select({ channel: delivery.channel })
    .from(delivery)
    .innerJoin(message, eq(message.id, delivery.messageId))
    .where(and(eq(message.code, code), eq(delivery.personId, actor.personId)));
  return rows.map((row) => row.channel).sort();
}

const codesOf = async (id: string) =>
  (await db.select({ code: auditRow.code }).from(auditRow).where(eq(auditRow.subjectId, id))).map(
    (row) => row.code,
  );

describe('the report', () => {
  test('is started once for a thesis and half-year', async () => {
    const { candidate, reference, number } = await started();
    const again = await startReport(db, candidate, { reference, halfYear: { year: 2026, half: 2 } }, now);
    expect(again).toBe(number);
    const early = startReport(db, candidate, { reference, halfYear: { year: 2027, half: 1 } }, now);
    await expect(early).rejects.toMatchObject({ code: 'invalid', reason: 'supervision.halfYearClosed' });
  });

  test('is started by its candidate only', async () => {
    const { supervisor, reference } = await addThesis(db);
    const input = { reference, halfYear: { year: 2026, half: 2 } } as const;
    await expect(startReport(db, supervisor, input, now)).rejects.toMatchObject({ code: 'forbidden' });
    const { candidate: another } = await addThesis(db);
    await expect(startReport(db, another, input, now)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('is kept as a draft that only its candidate reads', async () => {
    const { candidate, supervisor, reference, number, at } = await started();
    const draft = { ...texts, shareDone: '', done: { en: 'Half a sent', ru: '' } };
    await saveReport(db, candidate, { ...(await at()), texts: draft });
    const own = await reportInScope(db, candidate, reference, number);
    expect(own.report.done).toEqual({ en: 'Half a sent', ru: '' });
    const theirs = await reportInScope(db, supervisor, reference, number);
    expect(theirs.textReadable).toBe(false);
    expect(theirs.report.done).toEqual({ en: '', ru: '' });
    const saving = saveReport(db, supervisor, { ...(await at()), texts });
    await expect(saving).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is refused with a reason for each field', async () => {
    const { candidate, at, report } = await started();
    const wrong = {
      ...texts,
      done: { en: ' ', ru: '' },
      shareDone: '101',
      plan: { en: 'x'.repeat(5001), ru: '' },
    };
    await expect(submitReport(db, candidate, { ...(await at()), texts: wrong }, now)).rejects.toMatchObject({
      code: 'invalid',
      params: { max: 5000 },
      fields: {
        'done.en': ['supervision.eitherLanguage'],
        shareDone: ['supervision.share'],
        'plan.en': ['tooLong'],
      },
    });
    expect((await report()).state).toBe('draft');
  });

  test('counts a line end as one character, as the person did', async () => {
    const { candidate, at, report } = await started();
    const lines = 'a\r\n'.repeat(2499);
    await submitReport(
      db,
      candidate,
      { ...(await at()), texts: { ...texts, plan: { en: `${lines}ab`, ru: '' } } },
      now,
    );
    expect((await report()).plan.en).toHaveLength(5000);
  });

  test('is submitted by its candidate and reaches both supervisors', async () => {
    const { candidate, supervisor, coSupervisor, report, at } = await started();
    const before = await at();
    await expect(submitReport(db, supervisor, { ...before, texts }, now)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await submitReport(db, candidate, { ...before, texts }, now);
    expect(await report()).toMatchObject({ state: 'submitted', shareDone: 45, turnDueOn: '2026-12-15' });
    expect((await report()).contentHash).toMatch(/^[0-9a-f]{64}$/);
    for (const one of [supervisor, coSupervisor]) {
      expect(await toldOf('supervision.reportSubmitted', one)).toEqual(['inbox', 'mail']);
    }
    expect(await codesOf((await report()).id)).toEqual(['progress-report.start', 'progress-report.submit']);
    // The same form again, and a form from before a change.
    await expect(submitReport(db, candidate, { ...before, texts }, now)).rejects.toMatchObject({
      reason: 'staleState',
    });
    const stranger = await addPerson(db, 'GIREDMET', ['supervisor', 'student']);
    await expect(submitReport(db, stranger, { ...before, texts }, now)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('is not overwritten from a form that is older than the draft', async () => {
    const { candidate, at } = await started();
    const older = await at();
    await saveReport(db, candidate, { ...older, texts });
    await expect(saveReport(db, candidate, { ...older, texts })).rejects.toMatchObject({ code: 'stale' });
    await expect(submitReport(db, candidate, { ...older, texts }, now)).rejects.toMatchObject({
      code: 'stale',
    });
  });

  test('comes back with a reason, and a sealed opinion becomes its author’s draft', async () => {
    const { candidate, supervisor, coSupervisor, reference, number, at, report } = await submitted();
    await giveOpinion(db, supervisor, { ...(await at()), ...said }, now);
    const bare = returnReport(db, coSupervisor, { ...(await at()), reason: ' ' }, now);
    await expect(bare).rejects.toMatchObject({ reason: 'reasonRequired' });
    const own = returnReport(db, candidate, { ...(await at()), reason: 'Too short' }, now);
    await expect(own).rejects.toMatchObject({ code: 'forbidden' });

    await returnReport(db, coSupervisor, { ...(await at()), reason: 'Add the mass balance' }, now);
    expect(await report()).toMatchObject({
      state: 'draft',
      stateReason: 'Add the mass balance',
      submittedAt: null,
      contentHash: null,
    });
    expect(await toldOf('supervision.returned', candidate)).toEqual(['inbox', 'mail']);
    expect(await receiptsOf(db, (await report()).id)).toEqual([]);

    await submitReport(db, candidate, { ...(await at()), texts }, now);
    const theirs = await reportInScope(db, coSupervisor, reference, number);
    expect(theirs.opinions).toEqual([]);
    const mine = await reportInScope(db, supervisor, reference, number);
    expect(mine.opinions).toMatchObject([{ givenAt: null, text: said.text }]);
    expect(mine.awaited).toEqual(['supervisor', 'co-supervisor']);
    await giveOpinion(db, supervisor, { ...(await at()), ...said, outcome: 'with-remarks' }, now);
    const [kept] = await db.select().from(opinion).where(eq(opinion.supervisorId, supervisor.personId));
    expect(kept).toMatchObject({ outcome: 'with-remarks', givenAt: now });
  });
});

describe('opinions', () => {
  test('are sealed until both are in: only the author reads one', async () => {
    const found = await submitted();
    const { candidate, supervisor, coSupervisor, reference, number, at, report } = found;
    const coordinator = await addPerson(db, 'TEXMIN', ['coordinator']);
    expect(await giveOpinion(db, supervisor, { ...(await at()), ...said }, now)).toBe(false);
    const { id } = await report();
    expect(await readableOpinions(db, supervisor, id)).toHaveLength(1);
    for (const reader of [candidate, coSupervisor, coordinator]) {
      expect(await readableOpinions(db, reader, id)).toEqual([]);
      const view = await reportInScope(db, reader, reference, number);
      expect(JSON.stringify(view)).not.toContain(said.text.en);
      expect(JSON.stringify(view)).not.toContain('satisfactory');
      expect(view.given).toEqual(['supervisor']);
      expect(view.awaited).toEqual(['co-supervisor']);
    }
    expect(await giveOpinion(db, coSupervisor, { ...(await at()), ...said }, now)).toBe(true);
    for (const reader of [candidate, supervisor, coSupervisor, coordinator]) {
      expect(await readableOpinions(db, reader, id)).toHaveLength(2);
    }
    expect(await report()).toMatchObject({
      state: 'opinions-in',
      opinionsOpenedAt: now,
      turnDueOn: '2026-12-05',
    });
    for (const one of [candidate, supervisor, coSupervisor]) {
      expect(await toldOf('supervision.opinionsOpen', one)).toEqual(['inbox', 'mail']);
    }
  });

  test('are given by the thesis’s two supervisors, once each', async () => {
    const { candidate, supervisor, at } = await submitted();
    const give = async (actor: PersonActor, what = said) =>
      giveOpinion(db, actor, { ...(await at()), ...what }, now);
    await expect(give(candidate)).rejects.toMatchObject({ code: 'forbidden' });
    const { supervisor: other } = await addThesis(db);
    await expect(give(other)).rejects.toMatchObject({ code: 'not-found' });
    const coordinator = await addPerson(db, 'IITISM', ['coordinator', 'supervisor']);
    await expect(give(coordinator)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(give({ ...supervisor, grants: [] })).rejects.toMatchObject({ code: 'not-found' });
    await expect(give(supervisor, { outcome: 'splendid', text: { en: '', ru: '' } })).rejects.toMatchObject({
      fields: { outcome: ['choice'], 'text.en': ['supervision.eitherLanguage'] },
    });
    await give(supervisor);
    await expect(give(supervisor)).rejects.toMatchObject({
      code: 'stale',
      reason: 'supervision.opinionGiven',
    });
  });

  test('given at the same moment open once', async () => {
    const { supervisor, coSupervisor, at, report, candidate } = await submitted();
    const input = { ...(await at()), ...said };
    const answers = await Promise.all([
      giveOpinion(db, supervisor, input, now),
      giveOpinion(db, coSupervisor, input, now),
    ]);
    expect(answers.toSorted()).toEqual([false, true]);
    expect((await report()).state).toBe('opinions-in');
    expect(await toldOf('supervision.opinionsOpen', candidate)).toEqual(['inbox', 'mail']);
  });

  test('do not open by force, and do not change once open', async () => {
    const { supervisor, at, report } = await submitted();
    await giveOpinion(db, supervisor, { ...(await at()), ...said }, now);
    const forced = db
      .update(progressReport)
      .set({ state: 'opinions-in', opinionsOpenedAt: now })
      .where(eq(progressReport.id, (await report()).id));
    await expect(forced).rejects.toMatchObject({ cause: { constraint: 'opinions_sealed' } });
    const opened = await withOpinions();
    const changed = db
      .update(opinion)
      .set({ outcome: 'unsatisfactory' })
      .where(eq(opinion.reportId, (await opened.report()).id));
    await expect(changed).rejects.toMatchObject({ cause: { constraint: 'opinion_opened' } });
  });

  test('leave nothing behind when the message cannot be written', async () => {
    const { supervisor, coSupervisor, at, report } = await submitted();
    await giveOpinion(db, supervisor, { ...(await at()), ...said }, now);
    await db.$client.query('alter table delivery rename to delivery_away');
    try {
      await expect(giveOpinion(db, coSupervisor, { ...(await at()), ...said }, now)).rejects.toThrow();
    } finally {
      await db.$client.query('alter table delivery_away rename to delivery');
    }
    const { id, state } = await report();
    expect(state).toBe('submitted');
    expect(await receiptsOf(db, id)).toHaveLength(1);
    expect((await codesOf(id)).filter((code) => code === 'progress-report.opinion')).toHaveLength(1);
  });
});

describe('the joint decision', () => {
  test('is written by a supervisor in both languages, after the opinions', async () => {
    const early = await submitted();
    const tooEarly = proposeDecision(db, early.supervisor, { ...(await early.at()), ...decision }, now);
    await expect(tooEarly).rejects.toMatchObject({ reason: 'staleState' });
    const { candidate, supervisor, coSupervisor, at, report } = await withOpinions();
    const propose = async (actor: PersonActor, what = decision) =>
      proposeDecision(db, actor, { ...(await at()), ...what }, now);
    await expect(propose(candidate)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(propose(supervisor, { ...decision, text: { en: 'Passed.', ru: '' } })).rejects.toMatchObject(
      {
        fields: { 'text.ru': ['required'] },
      },
    );
    await propose(supervisor);
    expect((await report()).state).toBe('decision-proposed');
    expect(await toldOf('supervision.decisionProposed', coSupervisor)).toEqual(['inbox', 'mail']);
    expect(await toldOf('supervision.decisionProposed', supervisor)).toEqual([]);
  });

  test('is decided when both have signed the same text', async () => {
    const { candidate, supervisor, coSupervisor, report, shown, sign } = await proposed();
    const hash = await shown();
    await expect(sign(candidate, hash)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(sign(supervisor, '0'.repeat(64))).rejects.toMatchObject({ code: 'stale' });
    expect(await sign(supervisor, hash)).toBe(false);
    expect(await sign(supervisor, hash)).toBe(false);
    expect((await report()).state).toBe('decision-proposed');
    expect(await sign(coSupervisor, hash)).toBe(true);
    expect(await report()).toMatchObject({ state: 'decided', outcome: 'with-remarks', decidedAt: now });
    expect(await toldOf('supervision.decided', candidate)).toEqual(['inbox', 'mail']);
    await expect(sign(coSupervisor, hash)).rejects.toMatchObject({ reason: 'staleState' });
  });

  test('changed after a signature is a new version that voids it', async () => {
    const { supervisor, coSupervisor, at, report, reference, number, candidate, shown, sign } =
      await proposed();
    const former = await shown();
    await sign(supervisor, former);
    const same = proposeDecision(db, coSupervisor, { ...(await at()), ...decision }, now);
    await expect(same).rejects.toMatchObject({ reason: 'supervision.decisionUnchanged' });
    const changed = { ...decision, outcome: 'satisfactory' };
    await proposeDecision(db, coSupervisor, { ...(await at()), ...changed }, now);
    const { decisions, signed } = await reportInScope(db, candidate, reference, number);
    expect(decisions.map(({ version }) => version.number)).toEqual([1, 2]);
    expect(decisions[0]?.signatures).toMatchObject([{ capacity: 'supervisor', voidedReason: 'superseded' }]);
    expect(signed).toEqual([]);
    await expect(sign(coSupervisor, former)).rejects.toMatchObject({ code: 'stale' });
    await sign(coSupervisor, await shown());
    expect((await report()).state).toBe('decision-proposed');
    await sign(supervisor, await shown());
    expect(await report()).toMatchObject({ state: 'decided', outcome: 'satisfactory' });
  });

  test('is not closed by force with one signature', async () => {
    const { supervisor, report, shown, sign } = await proposed();
    await sign(supervisor, await shown());
    const { id, decisionVersionId } = await report();
    const forced = db
      .update(progressReport)
      .set({ state: 'decided', decidedAt: now, outcome: 'satisfactory', turnDueOn: null })
      .where(eq(progressReport.id, id));
    await expect(forced).rejects.toMatchObject({ cause: { constraint: 'decision_signed_by_both' } });
    const standing = await db
      .select()
      .from(signature)
      .where(and(eq(signature.versionId, decisionVersionId ?? ''), isNull(signature.voidedAt)));
    expect(standing).toHaveLength(1);
  });
});

test('what waits for a person follows the record', async () => {
  const { candidate, supervisor, coSupervisor, reference } = await addThesis(db);
  const waitsFor = async (actor: PersonActor) =>
    (await waitingTasks(db, actor, now)).map((task) => task.text);
  expect(await waitingTasks(db, candidate, now)).toMatchObject([
    {
      text: 'supervision:waiting.start.2',
      side: 'in',
      due: new Date('2026-12-15T18:29:00Z'),
      note: reference,
    },
  ]);
  const number = await startReport(db, candidate, { reference, halfYear: { year: 2026, half: 2 } }, now);
  const at = async () => {
    const { report } = await reportInScope(db, candidate, reference, number);
    return { reference, number, revision: report.revision };
  };
  expect(await waitsFor(candidate)).toEqual(['supervision:waiting.draft.2']);
  await submitReport(db, candidate, { ...(await at()), texts }, now);
  expect(await waitsFor(candidate)).toEqual([]);
  await giveOpinion(db, supervisor, { ...(await at()), ...said }, now);
  expect(await waitsFor(supervisor)).toEqual([]);
  expect(await waitsFor(coSupervisor)).toEqual(['supervision:waiting.opinion']);
  expect(await waitsFor({ ...coSupervisor, grants: [] })).toEqual([]);
  await giveOpinion(db, coSupervisor, { ...(await at()), ...said }, now);
  expect(await waitsFor(supervisor)).toEqual(['supervision:waiting.decide']);
  await proposeDecision(db, supervisor, { ...(await at()), ...decision }, now);
  expect(await waitsFor(supervisor)).toEqual(['supervision:waiting.sign']);
  expect(await waitsFor(coSupervisor)).toEqual(['supervision:waiting.sign']);
});
