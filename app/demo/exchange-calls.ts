import type { CallContent } from '#app/exchanges/calls/call-schema.ts';
import { dateOn, onDay } from './days.ts';

export type Signers = { signerIn: string; signerRu: string };

const COSTS: CallContent['costs'] = {
  in: {
    en: 'The Indian side pays travel of its applicants; when it hosts, lodging on the campus and a monthly allowance.',
    ru: 'Индийская сторона оплачивает проезд своих заявителей; принимая — проживание в кампусе и ежемесячную выплату.',
  },
  ru: {
    en: 'The Russian side pays travel of its applicants; when it hosts, lodging and access to equipment.',
    ru: 'Российская сторона оплачивает проезд своих заявителей; принимая — проживание и доступ к оборудованию.',
  },
};

const CONDITIONS: CallContent['conditions'] = {
  en: 'The home institution nominates, the host institution answers. The passport is asked for only after acceptance. Site access at GIREDMET takes about six weeks.',
  ru: 'Направляющая организация выдвигает, принимающая отвечает. Паспорт запрашивается только после согласия принимающей стороны. Пропуск на территорию Гиредмета оформляется около шести недель.',
};

const CV: CallContent['documents'][number] = {
  code: 'cv',
  title: { en: 'CV with a list of publications', ru: 'Резюме со списком публикаций' },
  required: true,
};

/** How both sides' reviewers score. */
const RUBRIC: CallContent['rubric'] = {
  scale: { min: 1, max: 5 },
  criteria: [
    {
      code: 'c1',
      title: { en: 'Scientific quality of the work plan', ru: 'Научный уровень плана работы' },
      weight: 40,
    },
    {
      code: 'c2',
      title: { en: 'Feasibility within the stay', ru: 'Выполнимость за время стажировки' },
      weight: 30,
    },
    {
      code: 'c3',
      title: { en: 'Use to both institutions', ru: 'Польза для обеих организаций' },
      weight: 30,
    },
  ],
  grades: [
    { value: 1, text: { en: 'Does not meet the criterion', ru: 'Критерию не соответствует' } },
    {
      value: 2,
      text: {
        en: 'Meets it in part, with serious gaps',
        ru: 'Соответствует частично, есть серьёзные пробелы',
      },
    },
    {
      value: 3,
      text: { en: 'Meets it, with some weaknesses', ru: 'Соответствует, есть отдельные недостатки' },
    },
    { value: 4, text: { en: 'Meets it well', ru: 'Хорошо соответствует' } },
    {
      value: 5,
      text: { en: 'Meets it fully and convincingly', ru: 'Полностью и убедительно соответствует' },
    },
  ],
};

/** Open now: students of both sides can apply. */
export function extraction(now: Date, signers: Signers): CallContent {
  return {
    direction: 'both',
    title: {
      en: 'Hydrometallurgy of rare earths: stays of 4 to 12 weeks',
      ru: 'Гидрометаллургия редкоземельных элементов: стажировки на 4–12 недель',
    },
    summary: {
      en: 'Work with the extraction cascades of GIREDMET or on the pilot plant in Dhanbad, on a task that both supervisors want solved.',
      ru: 'Работа на экстракционных каскадах Гиредмета или на опытной установке в Дханбаде над задачей, которая нужна обоим руководителям.',
    },
    conditions: CONDITIONS,
    areas: [
      { en: 'Solvent extraction', ru: 'Жидкостная экстракция' },
      { en: 'Processing of tailings', ru: 'Переработка хвостов' },
    ],
    eligible: ['student', 'researcher', 'engineer'],
    opensAt: onDay(now, -5).toISOString(),
    deadline: onDay(now, 24).toISOString(),
    deadlineZone: 'Europe/Moscow',
    nominateBy: onDay(now, 40).toISOString(),
    answerBy: onDay(now, 60).toISOString(),
    stayFrom: dateOn(now, 100),
    stayUntil: dateOn(now, 300),
    weeksMin: 4,
    weeksMax: 12,
    placesToIn: 4,
    placesToRu: 6,
    costs: COSTS,
    documents: [CV],
    rubric: RUBRIC,
    reviewersPerApplication: 2,
    blindReview: false,
    ...signers,
  };
}

/** Days from the day of seeding on which a call was opened, closed, and so on. */
type Days = Record<'opens' | 'deadline' | 'nominate' | 'answer' | 'from' | 'until', number>;

/** A call that has closed: its documents are not asked for, because nobody scans papers for a demonstration. */
function past(now: Date, signers: Signers, days: Days): CallContent {
  return {
    ...extraction(now, signers),
    opensAt: onDay(now, days.opens).toISOString(),
    deadline: onDay(now, days.deadline).toISOString(),
    nominateBy: onDay(now, days.nominate).toISOString(),
    answerBy: onDay(now, days.answer).toISOString(),
    stayFrom: dateOn(now, days.from),
    stayUntil: dateOn(now, days.until),
    documents: [{ ...CV, required: false }],
  };
}

/** Decided long ago: its stays are under way, over or closed. */
export function magnets(now: Date, signers: Signers): CallContent {
  return {
    ...past(now, signers, {
      opens: -330,
      deadline: -270,
      nominate: -232,
      answer: -212,
      from: -205,
      until: 90,
    }),
    title: {
      en: 'Permanent magnets and recycling: stays of 4 to 12 weeks',
      ru: 'Постоянные магниты и рециклинг: стажировки на 4–12 недель',
    },
    summary: {
      en: 'From scrap to sintered block: decrepitation, alloy, powder, sintering and measurement.',
      ru: 'От лома до спечённого блока: измельчение водородом, сплав, порошок, спекание и измерения.',
    },
    areas: [
      { en: 'Permanent magnets', ru: 'Постоянные магниты' },
      { en: 'Battery recycling', ru: 'Переработка аккумуляторов' },
    ],
    placesToRu: 6,
    placesToIn: 4,
  };
}

/** Decided lately: the home institutions nominate, the hosts answer, the first programmes are signed. */
export function metals(now: Date, signers: Signers): CallContent {
  return {
    ...past(now, signers, { opens: -100, deadline: -40, nominate: 12, answer: 30, from: 40, until: 260 }),
    title: {
      en: 'High-purity metals and alloys: spring stays',
      ru: 'Высокочистые металлы и сплавы: весенние стажировки',
    },
    summary: {
      en: 'Refining, zone melting and analysis of rare metals, on the equipment of either side.',
      ru: 'Рафинирование, зонная плавка и анализ редких металлов на оборудовании обеих сторон.',
    },
    areas: [
      { en: 'High-purity metals', ru: 'Высокочистые металлы' },
      { en: 'Refractory powders', ru: 'Тугоплавкие порошки' },
    ],
    placesToRu: 5,
    placesToIn: 3,
  };
}

/** Closed a week ago: the home institutions check, the committee reviews. */
export function tailings(now: Date, signers: Signers): CallContent {
  return {
    ...past(now, signers, { opens: -60, deadline: -7, nominate: 25, answer: 45, from: 70, until: 300 }),
    title: {
      en: 'Recovery from dumps and tailings: stays in the laboratories of both sides',
      ru: 'Извлечение из отвалов и хвостов: стажировки в лабораториях обеих сторон',
    },
    summary: {
      en: 'Mineralogy, leaching and material balance of dumps, from sample to pilot run.',
      ru: 'Минералогия, выщелачивание и материальный баланс отвалов: от пробы до опытной серии.',
    },
    areas: [
      { en: 'Processing of tailings', ru: 'Переработка хвостов' },
      { en: 'Digital-twin plants', ru: 'Цифровые двойники производств' },
    ],
    placesToRu: 2,
    placesToIn: 2,
  };
}

/** Signed by the Indian side; waits for the Russian one. */
export function recycling(now: Date, signers: Signers): CallContent {
  return {
    ...extraction(now, signers),
    direction: 'ru-in',
    placesToRu: 0,
    placesToIn: 3,
    title: {
      en: 'Lithium-ion batteries: stays in Dhanbad',
      ru: 'Литий-ионные аккумуляторы: стажировки в Дханбаде',
    },
    summary: {
      en: 'Hydrometallurgical recovery of lithium, nickel and cobalt on the pilot line of TEXMiN.',
      ru: 'Гидрометаллургическое извлечение лития, никеля и кобальта на опытной линии TEXMiN.',
    },
    areas: [{ en: 'Battery recycling', ru: 'Переработка аккумуляторов' }],
    opensAt: onDay(now, 5).toISOString(),
    deadline: onDay(now, 45).toISOString(),
    nominateBy: onDay(now, 60).toISOString(),
    answerBy: onDay(now, 80).toISOString(),
    stayFrom: dateOn(now, 120),
    stayUntil: dateOn(now, 330),
  };
}
