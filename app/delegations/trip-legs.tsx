import { useTranslation } from 'react-i18next';
import { airportOf } from '#app/travel/known-airports.ts';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { formatDate } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import type { Say } from '#app/ui/say.ts';
import type { TravelFile } from './routes/person.tsx';
import { problemOf } from './shown-words.ts';

/** The legs of a journey by the clocks of their places, with what the checks found. */
export function TripLegs({
  file,
}: {
  file: Pick<TravelFile, 'legs' | 'legProblems' | 'may' | 'reference' | 'id'>;
}) {
  const { t, i18n } = useTranslation('delegations');
  const language = languageOf(i18n);
  const say = t as unknown as Say;
  const place = (code: string) => `${airportOf(code)?.city[language] ?? ''} ${code}`.trim();
  const at = (local: string) =>
    `${formatDate(local.slice(0, 10), language, { year: false })}, ${local.slice(11)}`;
  const sentence = (problem: TravelFile['legProblems'][number]) =>
    problemOf(
      {
        ...problem,
        code: `leg.${problem.code}`,
        row: 0,
        column: '',
        weight: 'note',
        value: '',
        suggestion: null,
      },
      language,
      say,
    );
  const page = `/delegations/${file.reference}/people/${file.id}/legs`;
  return (
    <Card
      title={t('file.legs')}
      note={t('itinerary.localTimes')}
      aside={file.may.arrange && <a href={`${page}/new`}>{t('leg.add')}</a>}
    >
      <DataTable
        caption={t('file.legs')}
        rows={file.legs}
        rowKey={(leg) => leg.id}
        columns={[
          { key: 'carrier', head: t('file.carrier'), rowHeader: true, cell: (leg) => leg.carrier || '—' },
          {
            key: 'departs',
            head: t('file.departs'),
            cell: (leg) => (
              <>
                {at(leg.departsLocal)}
                <div className="note">{place(leg.fromCode)}</div>
              </>
            ),
          },
          {
            key: 'arrives',
            head: t('file.arrives'),
            cell: (leg) => (
              <>
                {at(leg.arrivesLocal)}
                <div className="note">{place(leg.toCode)}</div>
              </>
            ),
          },
          ...(file.may.arrange
            ? [
                {
                  key: 'change',
                  head: t('leg.change'),
                  cell: (leg: TravelFile['legs'][number]) => (
                    <a
                      href={`${page}/${leg.id}`}
                      aria-label={t('leg.changeOne', { from: leg.fromCode, to: leg.toCode })}
                    >
                      {t('leg.change')}
                    </a>
                  ),
                },
              ]
            : []),
        ]}
        empty={<EmptyState title={t('file.noLegs')}>{t('file.noLegsHint')}</EmptyState>}
      />
      {file.legProblems.map((problem) => (
        <p key={`${problem.leg} ${problem.code}`}>
          <Chip tone={problem.tone} label={t(`leg.tone.${problem.tone}`)} /> {sentence(problem)}
        </p>
      ))}
    </Card>
  );
}
