import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { formatDate } from '#app/ui/format-when.ts';
import { type Language, languageOf } from '#app/ui/language.ts';
import { formatAmount } from './money.ts';
import type { ProgrammeContent } from './programme-content.ts';

/** Two versions of a programme, part by part beside each other; the parts that differ are marked. */
export function ProgrammeChanges({
  before,
  after,
  numbers,
}: {
  before: ProgrammeContent;
  after: ProgrammeContent;
  numbers: { before: number; after: number };
}) {
  const { t, i18n } = useTranslation(['placements', 'common']);
  const language = languageOf(i18n);
  const [left, right] = [before, after].map((one) => partsOf(one, t, language));
  const rows = (left ?? []).map((part, index) => {
    const now = right?.[index]?.text ?? '';
    return { key: part.key, label: part.label, before: part.text, after: now, changed: part.text !== now };
  });
  const shown = (text: string) => (
    <span className="whitespace-pre-line wrap-anywhere">{text || t('programme.nothing')}</span>
  );
  return (
    <DataTable
      caption={t('programme.sideBySide', numbers)}
      rows={rows}
      rowKey={(row) => row.key}
      rowTone={(row) => (row.changed ? 'risk' : undefined)}
      columns={[
        {
          key: 'part',
          head: t('programme.part'),
          cell: (row) => (
            <>
              {row.label} {row.changed && <Chip tone="risk">{t('programme.changed')}</Chip>}
            </>
          ),
        },
        {
          key: 'before',
          head: t('programme.version', { number: numbers.before }),
          cell: (row) => (row.changed ? <del>{shown(row.before)}</del> : shown(row.before)),
        },
        {
          key: 'after',
          head: t('programme.version', { number: numbers.after }),
          cell: (row) => (row.changed ? <ins>{shown(row.after)}</ins> : shown(row.after)),
        },
      ]}
    />
  );
}

type T = TFunction<['placements', 'common']>;

/** The parts of a programme as text, in the order in which it is read. */
function partsOf(content: ProgrammeContent, t: T, language: Language) {
  const part = (key: string, label: string, text: string) => ({ key, label, text });
  const inLanguage = (name: 'objectives' | 'outputs', lng: Language) =>
    part(
      `${name}.${lng}`,
      `${t(`programme.${name}`)}, ${t(`common:languageName.${lng}`)}`,
      content[name][lng],
    );
  const day = (on: string) => formatDate(on, language);
  return [
    part('dates', t('programme.dates'), `${day(content.startsOn)} – ${day(content.endsOn)}`),
    part('supervisor', t('programme.supervisor'), content.hostSupervisor),
    part('laboratory', t('programme.laboratory'), content.laboratory),
    inLanguage('objectives', 'en'),
    inLanguage('objectives', 'ru'),
    inLanguage('outputs', 'en'),
    inLanguage('outputs', 'ru'),
    part(
      'tasks',
      t('programme.tasks'),
      content.tasks.map((task) => `${task.from}–${task.to}: ${task.text}`).join('\n'),
    ),
    ...(['equipment', 'siteAccess', 'safety', 'insurance'] as const).map((name) =>
      part(name, t(`programme.${name}`), content[name]),
    ),
    part(
      'costs',
      t('programme.costs'),
      content.costs
        .map(
          ({ heading, amount, currency, payer }) =>
            `${t(`programme.cost.${heading}`)}: ${formatAmount(amount, currency, language)} (${t(`payer.${payer}`)})`,
        )
        .join('\n'),
    ),
  ];
}
