import { readFileSync } from 'node:fs';
import path from 'node:path';
import { and, eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { system } from '#app/platform/actor.ts';
import { giveOpinion } from '#app/supervision/give-opinion.ts';
import { halfYearOf } from '#app/supervision/half-year.ts';
import { importTheses } from '#app/supervision/import-theses.ts';
import { proposeDecision } from '#app/supervision/propose-decision.ts';
import type { ReportInput } from '#app/supervision/schemas.ts';
import { signDecision } from '#app/supervision/sign-decision.ts';
import { startReport } from '#app/supervision/start-report.ts';
import { submitReport } from '#app/supervision/submit-report.ts';
import { readThesisRows, type ThesisRow } from '#app/supervision/thesis-row.ts';
import type { Db } from '#db/client.server.ts';
import { projectRoot } from '#db/project-root.ts';
import { version } from '#db/schema/platform.ts';
import { progressReport, thesis } from '#db/schema/supervision.ts';
import { addressOf } from './people.ts';
import type { Cast } from './seed-people.ts';

/** The received theses, and the two of the demo accounts: one awaits an opinion, one a second signature. */
export async function seedSupervision(db: Db, as: Cast, now: Date): Promise<void> {
  const rows = readThesisRows(readFileSync(path.join(projectRoot, 'db/seed/data/theses.csv')));
  await importTheses(db, system('demo'), [...rows, ...own], now);
  const half = halfYearOf(now.toISOString().slice(0, 10));

  const indian = await report(db, as('student.in'), own[0], half, texts.en, now);
  await giveOpinion(
    db,
    as('supervisor.in'),
    {
      ...(await current(db, indian)),
      outcome: 'satisfactory',
      text: {
        en: 'The series is complete and carefully done; the balance closes within two per cent. The next half-year should go to the cascade.',
        ru: '',
      },
    },
    now,
  );

  const russian = await report(db, as('student.ru'), own[1], half, texts.ru, now);
  await giveOpinion(
    db,
    as('supervisor.ru'),
    {
      ...(await current(db, russian)),
      outcome: 'satisfactory',
      text: { en: '', ru: 'План полугодия выполнен, статья принята в печать. Рекомендую аттестовать.' },
    },
    now,
  );
  await giveOpinion(
    db,
    as('supervisor.in'),
    {
      ...(await current(db, russian)),
      outcome: 'with-remarks',
      text: {
        en: 'Good measurements. The error of the coercivity should be given for each block, not for the series.',
        ru: '',
      },
    },
    now,
  );
  await proposeDecision(
    db,
    as('supervisor.ru'),
    {
      ...(await current(db, russian)),
      outcome: 'with-remarks',
      text: {
        en: 'Satisfactory with one remark: the error of the coercivity is to be given for each block by 1 February.',
        ru: 'Аттестован с замечанием: погрешность коэрцитивной силы указать для каждого блока не позднее 1 февраля.',
      },
    },
    now,
  );
  await signDecision(
    db,
    as('supervisor.ru'),
    { ...(await current(db, russian)), hash: await decisionHash(db, russian), locale: 'ru' },
    now,
  );
}

type Which = { reference: string; number: number };

async function report(
  db: Db,
  candidate: PersonActor,
  row: ThesisRow,
  halfYear: { year: number; half: 1 | 2 },
  written: ReportInput,
  now: Date,
): Promise<Which> {
  const [found] = await db
    .select({ reference: thesis.reference })
    .from(thesis)
    .where(eq(thesis.title, { en: row.titleEn, ru: row.titleRu }));
  if (!found) throw new Error(`the thesis of ${row.candidate} was not imported`);
  const number = await startReport(db, candidate, { reference: found.reference, halfYear }, now);
  const which = { reference: found.reference, number };
  await submitReport(db, candidate, { ...(await current(db, which)), texts: written }, now);
  return which;
}

/** A report as its page shows it now: with the revision that its forms carry. */
async function current(db: Db, which: Which): Promise<Which & { revision: string }> {
  const [row] = await db
    .select({ revision: progressReport.revision })
    .from(progressReport)
    .innerJoin(thesis, eq(thesis.id, progressReport.thesisId))
    .where(and(eq(thesis.reference, which.reference), eq(progressReport.number, which.number)));
  if (!row) throw new Error(`no report ${which.number} of ${which.reference}`);
  return { ...which, revision: row.revision };
}

async function decisionHash(db: Db, which: Which): Promise<string> {
  const [row] = await db
    .select({ hash: version.hash })
    .from(progressReport)
    .innerJoin(thesis, eq(thesis.id, progressReport.thesisId))
    .innerJoin(version, eq(version.id, progressReport.decisionVersionId))
    .where(and(eq(thesis.reference, which.reference), eq(progressReport.number, which.number)));
  return row?.hash ?? '';
}

const own = [
  {
    row: 1,
    candidate: addressOf('student.in'),
    supervisor: addressOf('supervisor.in'),
    coSupervisor: addressOf('supervisor.ru'),
    area: 'rare-earth-processing',
    titleEn: 'Counter-current separation of dysprosium and terbium from magnet scrap',
    titleRu: 'Противоточное разделение диспрозия и тербия из магнитного лома',
    starts: '2025-01-15',
    expectedDefence: '2029-01-15',
  },
  {
    row: 2,
    candidate: addressOf('student.ru'),
    supervisor: addressOf('supervisor.ru'),
    coSupervisor: addressOf('supervisor.in'),
    area: 'permanent-magnets',
    titleEn: 'Magnetic properties of sintered blocks made of recycled powder',
    titleRu: 'Магнитные свойства спечённых блоков из вторичного порошка',
    starts: '2024-11-01',
    expectedDefence: '2028-11-01',
  },
] as const satisfies ThesisRow[];

const texts: Record<'en' | 'ru', ReportInput> = {
  en: {
    done: {
      en: 'Twelve batch extractions with P507 at four acidities; the distribution ratios of Dy and Tb agree with the Moscow series within five per cent.',
      ru: '',
    },
    shareDone: '40',
    publications: { en: 'One paper submitted to Hydrometallurgy.', ru: '' },
    plan: { en: 'A six-stage cascade in the laboratory of GIREDMET, if the stay is accepted.', ru: '' },
    difficulties: { en: 'Delivery of P507 took two months.', ru: '' },
  },
  ru: {
    done: {
      en: '',
      ru: 'Измерены петли гистерезиса восьми блоков; остаточная индукция вторичных блоков ниже исходной на 3–5 %.',
    },
    shareDone: '55',
    publications: { en: '', ru: 'Статья принята в журнал «Цветные металлы».' },
    plan: { en: '', ru: 'Измерения в Дханбаде, глава 3.' },
    difficulties: { en: '', ru: '' },
  },
};
