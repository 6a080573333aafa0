import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTable } from '#app/platform/table.ts';
import { projectRoot } from '#db/project-root.ts';
import { latePrerequisites, readCourses, readDay } from './read-courses.ts';

const hosts = new Map([
  ['GIREDMET', true],
  ['IITISM', true],
  ['TEXMIN', false],
]);
const received = readTable(readFileSync(`${projectRoot}/db/seed/data/courses.csv`));
const header = received.header.join(',');
const good = 'X-1,Title,Название,all,en,online,GIREDMET,2027-01-18,2027-01-20,10,4,4,';
const table = (...rows: string[]) => readTable(new TextEncoder().encode([header, ...rows].join('\n')));

describe('the list of courses', () => {
  test('as received has nine sound rows, two of which require a course that comes too late', () => {
    const { courses, problems } = readCourses(received, hosts, new Map());
    expect(problems).toEqual([]);
    expect(courses).toHaveLength(9);
    expect(courses[2]).toMatchObject({ code: 'TR-03', seats: 12, quotaIn: 6, prerequisites: ['TR-01'] });
    const late = courses.flatMap((one) =>
      latePrerequisites(one, courses).map(({ code }) => [one.code, code]),
    );
    expect(late).toEqual([
      ['TR-02', 'TR-09'],
      ['TR-04', 'TR-09'],
    ]);
  });

  test.each([
    [good.replace('Название', ''), 'title_ru', 'missing'],
    [good.replace(',all,', ',magic,'), 'area', 'area'],
    [good.replace(',en,online', ',hi,online'), 'language', 'language'],
    [good.replace('online', 'somewhere'), 'mode', 'mode'],
    [good.replace('GIREDMET', 'MIT'), 'host', 'host'],
    [good.replace('GIREDMET', 'TEXMIN'), 'host', 'otherHost'],
    [good.replace('2027-01-20', '2027-02-30'), 'ends', 'date'],
    [good.replace('2027-01-20', '2027-01-17'), 'ends', 'backwards'],
    [good.replace(',10,4,4', ',many,4,4'), 'seats', 'number'],
    [good.replace(',10,4,4', ',0,0,0'), 'seats', 'number'],
    [good.replace(',10,4,4', ',10,8,4'), 'seats', 'quotas'],
    [`${good}X-1`, 'prerequisites', 'itself'],
    [`${good}NONE`, 'prerequisites', 'prerequisite'],
  ])('names %s in %s as %s', (row, column, problem) => {
    const { courses, problems } = readCourses(table(row, good.replace('X-1', 'X-2')), hosts, new Map());
    expect(problems).toMatchObject([{ row: 2, column, code: problem }]);
    expect(courses.map((one) => one.code)).toEqual(['X-2']);
  });

  test('a run that stands twice, and a course that is another one in the portal, are named', () => {
    expect(readCourses(table(good, good), hosts, new Map()).problems).toMatchObject([
      { row: 3, column: 'code', code: 'twice' },
    ]);
    const known = new Map([['X-1', { code: 'X-1', title: { en: 'Other', ru: 'Другой' }, host: 'GIREDMET' }]]);
    expect(readCourses(table(good), hosts, known).problems).toMatchObject([
      { column: 'code', code: 'unlike' },
    ]);
  });

  test('a row left out leaves out the rows that require it', () => {
    const first = good.replace('2027-01-20', 'soon');
    const second = `${good.replace('X-1', 'X-2')}X-1`;
    const third = `${good.replace('X-1', 'X-3')}X-2`;
    const { courses, problems } = readCourses(table(first, second, third), hosts, new Map());
    expect(courses).toEqual([]);
    expect(problems.map(({ row, code }) => [row, code])).toEqual([
      [2, 'date'],
      [3, 'prerequisite'],
      [4, 'prerequisite'],
    ]);
  });

  test('missing columns are named together', () => {
    const { missingColumns } = readCourses(
      readTable(new TextEncoder().encode('code,title_en\nX,Y')),
      hosts,
      new Map(),
    );
    expect(missingColumns).toContain('title_ru');
    expect(missingColumns).toContain('quota_ru');
  });
});

test.each([
  ['2027-01-18', '2027-01-18'],
  ['18.01.2027', '2027-01-18'],
  ['1.2.2027', '2027-02-01'],
  ['2027-02-29', null],
  ['31.06.2027', null],
  ['01/02/2027', null],
])('the day %s is %s', (typed, day) => {
  expect(readDay(typed)).toBe(day);
});
