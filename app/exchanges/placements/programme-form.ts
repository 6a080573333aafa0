import { typedAmount } from './money.ts';
import { COST_HEADINGS, type ProgrammeDraft } from './programme-content.ts';

const TEXTS = ['equipment', 'siteAccess', 'safety', 'insurance'] as const;
const PAIRS = ['objectives', 'outputs'] as const;

/** What a programme's form says, in the shape of `programmeSchema`, which judges it. */
export function programmeOf(values: Record<string, string>): Record<string, unknown> {
  const of = (name: string) => values[name] ?? '';
  const rows = Object.keys(values).flatMap((name) => /^tasks\.(\d+)\.text$/.exec(name)?.[1] ?? []);
  const count = Math.max(0, ...rows.map((row) => Number(row) + 1));
  return {
    startsOn: of('startsOn'),
    endsOn: of('endsOn'),
    ...Object.fromEntries(PAIRS.map((name) => [name, { en: of(`${name}.en`), ru: of(`${name}.ru`) }])),
    ...Object.fromEntries(TEXTS.map((name) => [name, of(name)])),
    // A form invented elsewhere may name any row; the schema says how many there can be.
    tasks: Array.from({ length: Math.min(count, 100) }, (_, row) => ({
      from: of(`tasks.${row}.from`),
      to: of(`tasks.${row}.to`),
      text: of(`tasks.${row}.text`),
    })),
    costs: Object.fromEntries(
      COST_HEADINGS.map((heading) => [
        heading,
        {
          amount: of(`costs.${heading}.amount`),
          currency: of(`costs.${heading}.currency`),
          payer: of(`costs.${heading}.payer`),
        },
      ]),
    ),
  };
}

/** The form filled from a draft. */
export function programmeValues(draft: ProgrammeDraft): Record<string, string> {
  const values: Record<string, string> = { startsOn: draft.startsOn, endsOn: draft.endsOn };
  for (const name of TEXTS) values[name] = draft[name];
  for (const name of PAIRS) {
    values[`${name}.en`] = draft[name].en;
    values[`${name}.ru`] = draft[name].ru;
  }
  draft.tasks.forEach((task, row) => {
    values[`tasks.${row}.from`] = String(task.from);
    values[`tasks.${row}.to`] = String(task.to);
    values[`tasks.${row}.text`] = task.text;
  });
  for (const { heading, amount, currency, payer } of draft.costs) {
    values[`costs.${heading}.amount`] = typedAmount(amount);
    values[`costs.${heading}.currency`] = currency;
    values[`costs.${heading}.payer`] = payer;
  }
  return values;
}
