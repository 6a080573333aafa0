import { expect, it } from 'vitest';
import { runCalendar } from './run-calendar.ts';
import type { RunView } from './run-queries.ts';

const tricky = (text: string) => `${text}\r\nBEGIN:VEVENT\r\nSUMMARY:x`;
const both = (text: string) => ({ en: tricky(text), ru: tricky(text) });
const times = { startsAt: new Date('2027-01-18T07:00:00Z'), endsAt: new Date('2027-01-18T11:00:00Z') };
const run = { id: 'run', reference: 'RUN-2027-0001', startsOn: '2027-01-18', endsOn: '2027-01-20' };

it('ends no property at a line break that somebody typed, with times or without', () => {
  for (const sessions of [[], [{ id: 'one', title: both('Practice'), ...times }]]) {
    const view = {
      run: { ...run, course: { title: both('Magnets') } },
      host: { name: both('GIREDMET'), city: both('Moscow') },
      sessions,
    } as unknown as RunView;
    const file = runCalendar(view, 'en', 'https://portal.example/x', new Date('2026-11-22T00:00:00Z'));
    expect(file.match(/^BEGIN:VEVENT/gm)).toHaveLength(1);
    expect(file.replaceAll('\r\n ', '')).toContain('Magnets BEGIN:VEVENT SUMMARY:x');
  }
});
