import { useTranslation } from 'react-i18next';
import { DataTable } from '#app/ui/data-table.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { languageOf } from '#app/ui/language.ts';
import { TwoTexts } from '#app/ui/two-texts.tsx';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { DateOn } from '#app/ui/when.tsx';
import { formatAmount } from './money.ts';
import type { ProgrammeContent } from './programme-content.ts';

/** The work programme as it is signed: every part of it, nothing else. */
export function ProgrammeText({ content }: { content: ProgrammeContent }) {
  const { t, i18n } = useTranslation('placements');
  const language = languageOf(i18n);
  const text = (words: string) => <p className="whitespace-pre-line wrap-anywhere">{words}</p>;
  return (
    <>
      <Facts
        facts={[
          { term: t('programme.dates'), value: <DateOn on={content.startsOn} to={content.endsOn} /> },
          { term: t('programme.supervisor'), value: <TypedLine text={content.hostSupervisor} /> },
          { term: t('programme.laboratory'), value: <TypedLine text={content.laboratory} /> },
        ]}
      />
      {(['objectives', 'outputs'] as const).map((name) => (
        <section key={name} className="my-5">
          <h3>{t(`programme.${name}`)}</h3>
          <TwoTexts en={text(content[name].en)} ru={text(content[name].ru)} />
        </section>
      ))}
      <section className="my-5">
        <h3>{t('programme.tasks')}</h3>
        <DataTable
          caption={t('programme.tasks')}
          rows={content.tasks}
          rowKey={(task) => `${task.from}-${task.to}-${task.text}`}
          columns={[
            { key: 'weeks', head: t('programme.weeks'), cell: (task) => weeksText(task) },
            {
              key: 'text',
              head: t('programme.task'),
              cell: (task) => <span className="whitespace-pre-line wrap-anywhere">{task.text}</span>,
            },
          ]}
        />
      </section>
      {(['equipment', 'siteAccess', 'safety', 'insurance'] as const).map((name) => (
        <section key={name} className="my-5">
          <h3>{t(`programme.${name}`)}</h3>
          {content[name] === '' ? <p className="note">{t('programme.nothingAsked')}</p> : text(content[name])}
        </section>
      ))}
      <section className="my-5">
        <h3>{t('programme.costs')}</h3>
        <DataTable
          caption={t('programme.costs')}
          rows={content.costs}
          rowKey={(cost) => cost.heading}
          columns={[
            {
              key: 'heading',
              head: t('programme.heading'),
              cell: (cost) => t(`programme.cost.${cost.heading}`),
            },
            {
              key: 'amount',
              head: t('programme.amount'),
              align: 'end',
              cell: (cost) => formatAmount(cost.amount, cost.currency, language),
            },
            { key: 'payer', head: t('programme.payer'), cell: (cost) => t(`payer.${cost.payer}`) },
          ]}
        />
      </section>
    </>
  );
}

/** “1–2”, “3”. */
const weeksText = ({ from, to }: { from: number; to: number }) =>
  from === to ? String(from) : `${from}–${to}`;
