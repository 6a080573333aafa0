import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import type { Itinerary, ItineraryLeg } from './itinerary.ts';
import { offsetName } from './itinerary.ts';
import { itineraryCalendar } from './itinerary-calendar.ts';
import { itineraryPdf } from './itinerary-paper.tsx';

const out: ItineraryLeg = {
  id: 'leg-1',
  fromCode: 'DEL',
  toCode: 'SVO',
  carrier: 'SU 235',
  departsLocal: '2026-05-19 03:55',
  departsZone: 'Asia/Kolkata',
  departsAt: new Date('2026-05-18T22:25:00Z'),
  arrivesLocal: '2026-05-19 08:20',
  arrivesZone: 'Europe/Moscow',
  arrivesAt: new Date('2026-05-19T05:20:00Z'),
};
const name = (givenName: string, familyName: string, givenNameRu: string, familyNameRu: string) => ({
  givenName,
  familyName,
  givenNameRu,
  familyNameRu,
  patronymicRu: null,
});
const of: Itinerary = {
  reference: 'DL-2026-0001',
  title: { en: 'Congress on rare metals', ru: 'Конгресс по редким металлам' },
  city: { en: 'Moscow', ru: 'Москва' },
  venue: { en: 'GIREDMET', ru: 'Гиредмет' },
  hotel: { en: 'Hotel Uzkoye', ru: 'Гостиница «Узкое»' },
  startsOn: '2026-05-20',
  endsOn: '2026-05-22',
  duty: { first: new Date('2026-05-20T07:00:00Z'), last: new Date('2026-05-22T15:00:00Z') },
  one: {
    id: 'delegate-1',
    name: name('Neha', 'Das', 'Неха', 'Дас'),
    cyrillicSpelling: 'proposed',
    stays: [
      {
        id: 'stay-1',
        delegateId: 'delegate-1',
        roomId: 'room-1',
        number: 1,
        kind: 'twin',
        bed: 1,
        from: '2026-05-19',
        to: '2026-05-23',
      },
    ],
    file: { legs: [out] },
  },
  mate: name('Asha', 'Sahu', 'Аша', 'Саху'),
};

test('the paper has both languages, both scripts, and each time by its own clock', async () => {
  const { text } = await extractText(await getDocumentProxy(await itineraryPdf(of)), { mergePages: true });
  const said = text.replace(/\s+/g, ' ');
  for (const words of [
    'Neha Das',
    'Неха Дас',
    'Personal itinerary',
    'Маршрут участника',
    'Congress on rare metals',
    'Конгресс по редким металлам',
    '19 May 2026, 03:55 (UTC+5:30)',
    '19 мая 2026 г., 08:20 (UTC+3)',
    '20 May 2026, 10:00 Moscow (12:30 Dhanbad)',
    '10:00 (мск), 12:30 в Дханбаде',
    'The Cyrillic spelling of the name is not confirmed.',
    'Гостиница «Узкое»',
    'Asha Sahu / Аша Саху',
    'SU 235',
    '(SVO)',
  ]) {
    expect(said).toContain(words);
  }
});

test('the paper of a journey without legs, bed or programme is still a paper', async () => {
  const bare = {
    ...of,
    duty: { first: null, last: null },
    one: { ...of.one, stay: null, file: { legs: [] } },
    mate: null,
  };
  const { text } = await extractText(await getDocumentProxy(await itineraryPdf(bare)), { mergePages: true });
  expect(text).toContain('Неха Дас');
});

/** Events of a calendar file as its lines say it, unfolded and unescaped (RFC 5545, 3.1 and 3.3.11). */
function eventsOf(file: string): Record<string, string>[] {
  const lines = file.replace(/\r\n[ \t]/g, '').split('\r\n');
  const events: Record<string, string>[] = [];
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') events.push({});
    const colon = line.indexOf(':');
    const event = events.at(-1);
    if (event) event[line.slice(0, colon)] = line.slice(colon + 1).replace(/\\([,;\\])/g, '$1');
  }
  return events;
}

const URL_OF_FILE = 'https://portal.example/delegations/DL-2026-0001/people/delegate-1';

test.each(['UTC', 'Asia/Kolkata', 'America/New_York'])(
  'the calendar has instants in UTC and whole days, whatever the clock of the machine (%s)',
  (zone) => {
    const before = process.env.TZ;
    process.env.TZ = zone;
    try {
      const file = itineraryCalendar(of, 'ru', URL_OF_FILE, new Date('2026-05-01T00:00:00Z'));
      expect(file.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
      const [flight, congress, hotel] = eventsOf(file);
      expect(flight).toMatchObject({
        UID: 'leg-1@DL-2026-0001',
        DTSTART: '20260518T222500Z',
        DTEND: '20260519T052000Z',
        SUMMARY: 'SU 235 DEL–SVO',
      });
      expect(flight?.DESCRIPTION).toContain('03:55\u00a0(UTC+5:30)');
      expect(flight?.DESCRIPTION).toContain('08:20\u00a0(UTC+3)');
      expect(congress).toMatchObject({
        'DTSTART;VALUE=DATE': '20260520',
        'DTEND;VALUE=DATE': '20260523',
        SUMMARY: 'Конгресс по редким металлам',
      });
      expect(hotel).toMatchObject({
        'DTSTART;VALUE=DATE': '20260519',
        'DTEND;VALUE=DATE': '20260523',
        SUMMARY: 'Гостиница «Узкое»',
      });
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  },
);

test('a line break in a typed name ends no property', () => {
  const tricky = (text: string) => `${text}\r\nBEGIN:VEVENT\u2028SUMMARY:x\u0085\u0000`;
  const both = (text: string) => ({ en: tricky(text), ru: '' });
  const trick: Itinerary = {
    ...of,
    title: both('Congress'),
    hotel: both('Uzkoye'),
    venue: both('Hall'),
    city: both('Moscow'),
    one: { ...of.one, file: { legs: [{ ...out, carrier: tricky('SU 232') }] } },
  };
  const file = itineraryCalendar(trick, 'en', URL_OF_FILE, new Date());
  expect(file.match(/^BEGIN:VEVENT/gm)).toHaveLength(3);
  // Written as a break, it would come back as one.
  expect(file.replaceAll('\r\n ', '')).not.toMatch(/^(SUMMARY|LOCATION).*\\n/m);
});

test('an offset is that of the day', () => {
  expect(offsetName('Europe/Berlin', new Date('2026-01-10T00:00:00Z'))).toBe('UTC+1');
  expect(offsetName('Europe/Berlin', new Date('2026-07-10T00:00:00Z'))).toBe('UTC+2');
  expect(offsetName('Europe/London', new Date('2026-01-10T00:00:00Z'))).toBe('UTC+0');
});
