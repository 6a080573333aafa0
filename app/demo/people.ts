import type { Role } from '#db/schema/people.ts';
import type { Side } from '#db/schema/shared.ts';

export type DemoPerson = {
  /** The part of the address before `@demo.example`. */
  name: string;
  role: Role;
  /** A second institution of the same side for which the role is held. */
  also?: 'TEXMIN';
  institution: 'IITISM' | 'TEXMIN' | 'GIREDMET' | 'OTHER';
  side: Side | null;
  sex: 'f' | 'm';
  givenName: string;
  familyName: string;
  givenNameRu: string;
  familyNameRu: string;
  patronymicRu?: string;
  position: { en: string; ru: string };
};

const india = (
  person: Omit<DemoPerson, 'side' | 'institution'> & { institution?: 'IITISM' | 'TEXMIN' },
): DemoPerson => ({ institution: 'IITISM', ...person, side: 'in' });
const russia = (person: Omit<DemoPerson, 'side' | 'institution'>): DemoPerson => ({
  ...person,
  institution: 'GIREDMET',
  side: 'ru',
});

/** The people behind the demo accounts (DESIGN §5). All of them are invented. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  india({
    name: 'student.in',
    role: 'student',
    sex: 'f',
    givenName: 'Ananya',
    familyName: 'Mahato',
    givenNameRu: 'Ананья',
    familyNameRu: 'Махато',
    position: { en: 'PhD student', ru: 'аспирантка' },
  }),
  russia({
    name: 'student.ru',
    role: 'student',
    sex: 'm',
    givenName: 'Gleb',
    familyName: 'Lugovoi',
    givenNameRu: 'Глеб',
    familyNameRu: 'Луговой',
    patronymicRu: 'Андреевич',
    position: { en: 'PhD student', ru: 'аспирант' },
  }),
  india({
    name: 'expert.in',
    role: 'expert',
    institution: 'TEXMIN',
    sex: 'm',
    givenName: 'Vikram',
    familyName: 'Oraon',
    givenNameRu: 'Викрам',
    familyNameRu: 'Ораон',
    position: { en: 'process engineer', ru: 'инженер-технолог' },
  }),
  russia({
    name: 'expert.ru',
    role: 'expert',
    sex: 'f',
    givenName: 'Nina',
    familyName: 'Ozerova',
    givenNameRu: 'Нина',
    familyNameRu: 'Озерова',
    patronymicRu: 'Павловна',
    position: { en: 'senior researcher', ru: 'старший научный сотрудник' },
  }),
  india({
    name: 'supervisor.in',
    role: 'supervisor',
    sex: 'm',
    givenName: 'Ranjan',
    familyName: 'Chatterjee',
    givenNameRu: 'Ранджан',
    familyNameRu: 'Чаттерджи',
    position: { en: 'professor', ru: 'профессор' },
  }),
  russia({
    name: 'supervisor.ru',
    role: 'supervisor',
    sex: 'f',
    givenName: 'Vera',
    familyName: 'Samarina',
    givenNameRu: 'Вера',
    familyNameRu: 'Самарина',
    patronymicRu: 'Львовна',
    position: { en: 'head of laboratory', ru: 'заведующая лабораторией' },
  }),
  india({
    name: 'coordinator.in',
    role: 'coordinator',
    also: 'TEXMIN',
    sex: 'f',
    givenName: 'Sunita',
    familyName: 'Roy',
    givenNameRu: 'Сунита',
    familyNameRu: 'Рой',
    position: { en: 'international relations officer', ru: 'специалист по международному сотрудничеству' },
  }),
  russia({
    name: 'coordinator.ru',
    role: 'coordinator',
    sex: 'f',
    givenName: 'Olga',
    familyName: 'Belskaia',
    givenNameRu: 'Ольга',
    familyNameRu: 'Бельская',
    patronymicRu: 'Игоревна',
    position: { en: 'head of international programmes', ru: 'руководитель международных программ' },
  }),
  india({
    name: 'protocol.in',
    role: 'protocol',
    sex: 'm',
    givenName: 'Manoj',
    familyName: 'Tudu',
    givenNameRu: 'Манодж',
    familyNameRu: 'Туду',
    position: { en: 'protocol officer', ru: 'специалист по протоколу' },
  }),
  russia({
    name: 'protocol.ru',
    role: 'protocol',
    sex: 'm',
    givenName: 'Pavel',
    familyName: 'Ryzhkov',
    givenNameRu: 'Павел',
    familyNameRu: 'Рыжков',
    patronymicRu: 'Сергеевич',
    position: { en: 'protocol officer', ru: 'специалист по протоколу' },
  }),
  india({
    name: 'instructor.in',
    role: 'instructor',
    institution: 'TEXMIN',
    sex: 'f',
    givenName: 'Kavita',
    familyName: 'Hembram',
    givenNameRu: 'Кавита',
    familyNameRu: 'Хембрам',
    position: { en: 'lecturer', ru: 'преподаватель' },
  }),
  russia({
    name: 'instructor.ru',
    role: 'instructor',
    sex: 'm',
    givenName: 'Timur',
    familyName: 'Akhmadeev',
    givenNameRu: 'Тимур',
    familyNameRu: 'Ахмадеев',
    patronymicRu: 'Ринатович',
    position: { en: 'lecturer', ru: 'преподаватель' },
  }),
  india({
    name: 'observer.in',
    role: 'observer',
    sex: 'm',
    givenName: 'Arvind',
    familyName: 'Dubey',
    givenNameRu: 'Арвинд',
    familyNameRu: 'Дубе',
    position: { en: 'observer', ru: 'наблюдатель' },
  }),
  russia({
    name: 'observer.ru',
    role: 'observer',
    sex: 'f',
    givenName: 'Larisa',
    familyName: 'Koneva',
    givenNameRu: 'Лариса',
    familyNameRu: 'Конева',
    patronymicRu: 'Юрьевна',
    position: { en: 'observer', ru: 'наблюдатель' },
  }),
  india({
    name: 'admin.in',
    role: 'institution-admin',
    also: 'TEXMIN',
    sex: 'f',
    givenName: 'Priti',
    familyName: 'Soren',
    givenNameRu: 'Прити',
    familyNameRu: 'Сорен',
    position: { en: 'administrator', ru: 'администратор' },
  }),
  russia({
    name: 'admin.ru',
    role: 'institution-admin',
    sex: 'm',
    givenName: 'Stepan',
    familyName: 'Gorin',
    givenNameRu: 'Степан',
    familyNameRu: 'Горин',
    patronymicRu: 'Олегович',
    position: { en: 'administrator', ru: 'администратор' },
  }),
  {
    name: 'platform',
    role: 'platform-admin',
    institution: 'OTHER',
    side: null,
    sex: 'm',
    givenName: 'Setu',
    familyName: 'Most',
    givenNameRu: 'Сету',
    familyNameRu: 'Мост',
    position: { en: 'platform administrator', ru: 'администратор платформы' },
  },
];

export const addressOf = (name: string) => `${name}@demo.example`;
