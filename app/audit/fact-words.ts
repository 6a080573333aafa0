import type { AuditFacts } from '#app/platform/audit.server.ts';
import type { Locale } from '#db/schema/shared.ts';

/** Says a key in the reader's language; without words of its own it says the default. */
export type Say = (key: string, options: { defaultValue: string }) => string;

/** Where a room keeps the words of its states. */
const STATES: Record<string, string> = {
  application: 'exchanges:state',
  call: 'exchanges:calls.state',
  campaign: 'notifications:state',
  enrolment: 'training:state',
  'progress-report': 'supervision:state',
};

/** Where the words of a fact's values stand. */
const VALUES: Record<string, string> = {
  capacity: 'audit:capacities',
  role: 'people:role',
  locale: 'people:language',
  side: 'people:person.side',
  outcome: 'supervision:outcome',
  pool: 'training:pool',
};

/**
 * The facts of a record as a reader says them: “state: draft → submitted”, “version: 2”. Ids and hashes say nothing to
 * a reader and are left out (the chain covers them all the same); what has no words yet is shown as it was written.
 */
export function factWords(say: Say, locale: Locale, subjectType: string, facts: AuditFacts): string {
  // Inside a line a Russian word has no capital; English ones keep theirs (PhD student, English).
  const inLine = (word: string) => (locale === 'ru' ? word.toLowerCase() : word);
  const name = (key: string) => say(`audit:facts.${key}`, { defaultValue: key });
  const state = (value: unknown) =>
    inLine(say(`${STATES[subjectType] ?? 'audit:states'}.${value}`, { defaultValue: String(value) }));
  const { from, to, ...others } = facts;
  const moved = to ? [`${name('state')}: ${from ? `${state(from)} → ` : ''}${state(to)}`] : [];
  const told = Object.entries(others).flatMap(([key, value]) => {
    if (value === null || isMachineText(value)) return [];
    const plain = String(value).slice(0, 40);
    if (typeof value === 'boolean') {
      return value ? [name(key)] : [];
    }
    const place = VALUES[key];
    return [`${name(key)}: ${place ? inLine(say(`${place}.${plain}`, { defaultValue: plain })) : plain}`];
  });
  return [...moved, ...told].join(' · ');
}

function isMachineText(value: unknown): boolean {
  return typeof value === 'string' && /^([0-9a-f-]{36}|[0-9a-f]{64})$/.test(value);
}
