import type { Pier } from '#app/ui/bridge.tsx';
import type { Language } from '#app/ui/language.ts';
import type { Side, Tone } from '#app/ui/side.ts';

/** The present of the gallery: fixed, so that its pictures can be compared. */
export const galleryNow = '2026-11-21T11:30:00Z';

const due = '2026-12-12T15:00:00Z';

const steps: [en: string, ru: string, side: Side][] = [
  ['Submitted', 'Подана', 'in'],
  ['Eligible', 'Допущена', 'in'],
  ['Reviewed', 'Оценена', 'in'],
  ['Nominated', 'Выдвинута', 'in'],
  ['Host answers', 'Ответ принимающей стороны', 'ru'],
  ['Work programme', 'Программа стажировки', 'ru'],
  ['Ready to travel', 'Готовность к поездке', 'in'],
  ['Stay', 'Стажировка', 'ru'],
  ['Closed', 'Закрыта', 'in'],
];

/** The bridge up to the step in hand, which may also be where the record ended. */
export function samplePiers(language: Language, at: number, ended = false): Pier[] {
  return steps.map(([en, ru, side], index) => ({
    label: language === 'en' ? en : ru,
    side,
    state: index < at ? 'done' : index > at ? 'todo' : ended ? 'stop' : 'now',
  }));
}

interface Requirement {
  name: string;
  side: Side;
  actBy?: string;
  tone: Tone;
  state: string;
  reason: string;
}

const en = {
  title: 'Solvent extraction of heavy rare earths: twelve weeks at GIREDMET',
  crumb: 'Exchanges',
  lede: 'Deepika Kumari, PhD student, IIT (ISM) Dhanbad · call RE-2026/2',
  state: 'waits for the host’s answer',
  turn: 'It is GIREDMET’s turn',
  next: 'The host coordinator answers. You will get a mail in English either way. Nobody on your side can answer for them.',
  ask: 'Ask about this nomination',
  yours: 'It is your turn',
  yoursNext:
    'Both opinions are in. Your signature completes the joint decision; the record then moves on by itself.',
  sign: 'Sign the decision',
  returnIt: 'Return for changes',
  withdraw: 'Withdraw the application',
  readiness: 'Readiness to travel on 1 March 2027',
  heads: { name: 'Requirement', whose: 'Whose', actBy: 'Act by', state: 'State' },
  requirements: [
    {
      name: 'Passport valid six months past return',
      side: 'in',
      tone: 'ok',
      state: 'ready',
      reason: 'to 14 August 2031',
    },
    {
      name: 'Institute approval',
      side: 'in',
      actBy: '2026-12-03',
      tone: 'risk',
      state: '12 days left',
      reason: '',
    },
    {
      name: 'Site access pass',
      side: 'ru',
      actBy: '2027-01-15',
      tone: 'idle',
      state: 'after acceptance',
      reason: '',
    },
    {
      name: 'Visa by invitation',
      side: 'ru',
      actBy: '2026-11-14',
      tone: 'stop',
      state: 'missed',
      reason: 'can hold if the start moves to 15 March',
    },
  ] satisfies Requirement[] as Requirement[],
  programme: 'Work programme',
  version: 'version 2, not signed yet',
  textEn:
    'Four weeks of batch extraction with P507 and Cyanex 572; six weeks of counter-current cascade; two weeks of analysis and report.',
  credit: 'Translated by S. Roy',
  signatures: 'Signatures',
  people: [
    ['Dr R. Prasad', 'Home supervisor', 'IIT (ISM) Dhanbad', 'The new version of 20 November voided it.'],
    ['Prof. R. Chatterjee', 'Home coordinator', 'IIT (ISM) Dhanbad', ''],
    ['', 'Host coordinator', 'GIREDMET', ''],
  ],
  history: 'History',
  happened: [
    'nominated by S. Roy',
    'ranking signed by both sides',
    'three reviews in, median 4.3 of 5',
    'submitted',
  ],
  nothing: 'Nothing for you now.',
  nextTitle: 'Next',
  waiting: 'Waiting for you',
  tasks: [
    ['Answer the nomination: Deepika Kumari, 12 weeks', 'EX-2026-0042 · from IIT (ISM) Dhanbad'],
    [
      'Sign the joint decision on the report of Oleg Vorobyov',
      'both opinions are in; Prof. Chatterjee has signed',
    ],
    [
      'Approve the mailing “Summer school 2027” to 214 people',
      'both texts are ready; English 131, Russian 83',
    ],
  ],
  parts: [
    ['Project summary', 'Completed'],
    ['Documents', 'In progress'],
    ['Consent and submission', 'Cannot start yet'],
  ],
  numbers: ['await an answer', 'in preparation', 'on their stay', 'not closed in time'],
  deliveries: ['delivered', 'sent', 'bounced', 'queued'],
  sending: 'Sending',
  facts: [
    ['Reference', 'EX-2026-0042'],
    ['Host', 'GIREDMET, Moscow'],
    ['Reviewed', '9 November 2026'],
  ],
  flash: 'The application is submitted. The coordinator checks it by 30 November.',
  refused: 'Another person changed this record while you were writing. Your text is kept below.',
  empty: 'No applications yet',
  emptyText: 'Once you start an application, it stands here until it is closed.',
  emptyAction: 'See open calls',
  form: 'Apply',
  field: {
    title: 'Title of the project',
    summary: 'Summary',
    start: 'Preferred start',
    email: 'E-mail address',
    weeks: 'Length of the stay',
    institute: 'Institute',
    cv: 'Curriculum vitae',
    languages: 'Languages you work in',
    consent: 'I agree that the host institution reads this application',
  },
  hint: {
    summary: 'What you will do, and what both institutes gain from it.',
    start: 'Not earlier than 1 March 2027.',
  },
  error: {
    start: 'Choose a date on or after 1 March 2027',
    consent: 'Agree, or the application cannot be sent',
  },
  weeks: ['4 weeks', '8 weeks', '12 weeks'],
  institutes: ['IIT (ISM) Dhanbad', 'TEXMiN', 'GIREDMET'],
  submit: 'Submit',
  draft: 'Save draft',
  name: 'Deepika Kumari',
  navigation: [
    'Home',
    'Exchanges',
    'Supervision',
    'Training',
    'Delegations',
    'Inbox',
    'Campaigns',
    'People',
    'Audit log',
  ],
};

type Samples = typeof en;

const ru: Samples = {
  title: 'Экстракция тяжёлых РЗЭ: двенадцать недель в Гиредмете',
  crumb: 'Обмены',
  lede: 'Кумари Дипика, аспирантка, ИТИ (ИГШ) Дханбад · конкурс RE-2026/2',
  state: 'ждёт ответа принимающей организации',
  turn: 'Следующий шаг — за Гиредметом',
  next: 'Отвечает координатор принимающей организации. О решении вам сообщат письмом на русском языке. С вашей стороны ответить за него не может никто.',
  ask: 'Задать вопрос о выдвижении',
  yours: 'Следующий шаг — за вами',
  yoursNext:
    'Оба отзыва получены. После вашей подписи совместное решение вступит в силу, и запись перейдёт на следующий этап.',
  sign: 'Подписать решение',
  returnIt: 'Вернуть на доработку',
  withdraw: 'Отозвать заявку',
  readiness: 'Готовность к поездке на 1 марта 2027 г.',
  heads: { name: 'Требование', whose: 'Чьё', actBy: 'Крайний срок', state: 'Состояние' },
  requirements: [
    {
      name: 'Паспорт действителен шесть месяцев после возвращения',
      side: 'in',
      tone: 'ok',
      state: 'готово',
      reason: 'до 14 августа 2031 г. включительно',
    },
    {
      name: 'Согласие института',
      side: 'in',
      actBy: '2026-12-03',
      tone: 'risk',
      state: 'осталось 12 дней',
      reason: '',
    },
    {
      name: 'Пропуск на территорию',
      side: 'ru',
      actBy: '2027-01-15',
      tone: 'idle',
      state: 'после принятия заявки',
      reason: '',
    },
    {
      name: 'Виза по приглашению',
      side: 'ru',
      actBy: '2026-11-14',
      tone: 'stop',
      state: 'срок пропущен',
      reason: 'можно успеть, если перенести начало на 15 марта',
    },
  ],
  programme: 'Программа стажировки',
  version: 'версия 2, ещё не подписана',
  textEn: en.textEn,
  credit: 'Перевод: Рой С.',
  signatures: 'Подписи',
  people: [
    ['Прасад Р.', 'Научный руководитель', 'ИТИ (ИГШ) Дханбад', 'Аннулирована новой версией от 20 ноября.'],
    ['Чаттерджи Р.', 'Координатор направляющей организации', 'ИТИ (ИГШ) Дханбад', ''],
    ['', 'Координатор принимающей организации', 'Гиредмет', ''],
  ],
  history: 'История',
  happened: [
    'выдвижение: Рой С.',
    'рейтинговый список подписан обеими сторонами',
    'получены три экспертизы, медиана 4,3 из 5',
    'заявка подана',
  ],
  nothing: 'Сейчас от вас ничего не требуется.',
  nextTitle: 'Дальше',
  waiting: 'Ждут вашего решения',
  tasks: [
    [
      'Ответить на выдвижение: Кумари Дипика, стажировка на 12 недель',
      'EX-2026-0042 · направляет ИТИ (ИГШ) Дханбад',
    ],
    [
      'Подписать совместное решение по отчёту. Аспирант: Воробьёв О. А.',
      'оба отзыва получены; получена подпись: Чаттерджи Р.',
    ],
    [
      'Согласовать рассылку «Летняя школа 2027» для 214 получателей',
      'тексты на обоих языках готовы; английский — 131, русский — 83',
    ],
  ],
  parts: [
    ['Описание проекта', 'заполнено'],
    ['Документы', 'заполняется'],
    ['Согласие и подача', 'пока недоступно'],
  ],
  numbers: ['ждут ответа', 'оформляются', 'на стажировке', 'не закрыты в срок'],
  deliveries: ['доставлено', 'отправлено', 'не доставлено', 'в очереди'],
  sending: 'Отправка',
  facts: [
    ['Номер', 'EX-2026-0042'],
    ['Принимающая организация', 'Гиредмет, Москва'],
    ['Экспертиза', '9 ноября 2026 г.'],
  ],
  flash: 'Заявка подана. Координатор проверит её не позднее 30 ноября.',
  refused: 'Пока вы писали, запись изменил другой человек. Ваш текст сохранён ниже.',
  empty: 'Заявок пока нет',
  emptyText: 'Здесь будут ваши заявки: от черновика до закрытия стажировки.',
  emptyAction: 'Посмотреть объявленные конкурсы',
  form: 'Подать заявку',
  field: {
    title: 'Название проекта',
    summary: 'Краткое описание',
    start: 'Желаемое начало',
    email: 'Адрес электронной почты',
    weeks: 'Продолжительность стажировки',
    institute: 'Организация',
    cv: 'Научная биография',
    languages: 'Рабочие языки',
    consent: 'Разрешаю показать заявку принимающей организации',
  },
  hint: {
    summary: 'Что вы будете делать и что это даст обоим институтам.',
    start: 'Не раньше 1 марта 2027 г.',
  },
  error: { start: 'Укажите дату не раньше 1 марта 2027 г.', consent: 'Без согласия заявку подать нельзя' },
  weeks: ['4 недели', '8 недель', '12 недель'],
  institutes: ['ИТИ (ИГШ) Дханбад', 'TEXMiN', 'Гиредмет'],
  submit: 'Подать',
  draft: 'Сохранить черновик',
  name: 'Воробьёва О. И.',
  navigation: [
    'Главная',
    'Обмены',
    'Аспирантура',
    'Обучение',
    'Делегации',
    'Входящие',
    'Рассылки',
    'Люди',
    'Журнал',
  ],
};

/** Invented content for every component, in one language. */
export const gallerySamples: Record<Language, Samples> = { en, ru };

/** When each sample task is due, and how it stands. */
export const sampleDue = [
  { side: 'ru', due, tone: undefined },
  { side: 'ru', due: '2026-11-25T15:00:00Z', tone: 'risk' },
  { side: 'in', due: '2026-11-20T15:00:00Z', tone: 'stop' },
] as const;
