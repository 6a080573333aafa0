import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { formatScore } from './format-score.ts';
import type { RankingPage } from './ranking-queries.ts';
import { RankingTable } from './ranking-table.tsx';

interface ProtocolFormProps {
  page: RankingPage & { people: Record<string, { name: string; home: string } | undefined> };
  refused: Partial<Refused> | undefined;
}

/** The ranking as the reviews give it, with what the committee adds: reserve lists, the order of ties, the text. */
export function ProtocolForm({ page, refused }: ProtocolFormProps) {
  const { t, i18n } = useTranslation('reviews');
  const language = languageOf(i18n);
  const { protocol, sides, ties, candidates, people } = page;
  const values = refused?.values;
  const both = (name: string, kept?: { en: string; ru: string }) => ({
    name,
    value: { en: values?.[`${name}.en`] ?? kept?.en, ru: values?.[`${name}.ru`] ?? kept?.ru },
    error: { en: fieldError(refused, `${name}.en`), ru: fieldError(refused, `${name}.ru`) },
  });
  const referenceOf = (id: string) => candidates.find((one) => one.id === id)?.reference ?? '';
  const keptTie = (side: string, score: number) =>
    protocol?.content.sides.find((one) => one.side === side)?.ties.find((tie) => tie.score === score);
  return (
    <PortalForm hidden={{ hash: protocol?.version.hash ?? '', standings: page.standingsHash, intent: 'fix' }}>
      {sides.map((side) => (
        <section key={side.side} className="mb-5">
          <h3>{t(`board.to.${side.side}`)}</h3>
          <p className="note">{t('ranking.cut', { places: side.places, reserve: side.reserve })}</p>
          <RankingTable
            caption={`${t(protocol ? 'ranking.again' : 'ranking.fix')}: ${t(`board.to.${side.side}`)}`}
            rows={side.rows}
            people={people}
            undecided={ties.flatMap((tie) => (tie.toOrder && !tie.ordered ? tie.applicationIds : []))}
          />
          <div className="mt-4">
            <Field
              name={`reserve.${side.side}`}
              type="number"
              width="short"
              min={0}
              label={t('ranking.reserve')}
              hint={t('ranking.reserveHint')}
              value={values?.[`reserve.${side.side}`] ?? side.reserve}
              error={fieldError(refused, `reserve.${side.side}`)}
            />
          </div>
          {ties
            .filter((tie) => tie.side === side.side)
            .map((tie) => {
              const kept = keptTie(side.side, tie.score);
              return (
                <fieldset key={tie.key} className="field">
                  <legend>{t('ranking.tie', { score: formatScore(tie.score, language) })}</legend>
                  <p className="hint">{t(tie.toOrder ? 'ranking.tieNeeded' : 'ranking.tieFree')}</p>
                  {tie.applicationIds.map((id) => {
                    const reference = referenceOf(id);
                    const name = `order.${reference}`;
                    const at = kept ? kept.references.indexOf(reference) + 1 : 0;
                    return (
                      <Field
                        key={id}
                        name={name}
                        type="number"
                        width="short"
                        min={1}
                        max={tie.applicationIds.length}
                        label={t('ranking.orderOf', { name: people[id]?.name ?? '', reference })}
                        value={values?.[name] ?? (at > 0 ? at : undefined)}
                        error={fieldError(refused, name)}
                        optional={!tie.toOrder}
                      />
                    );
                  })}
                  <BilingualField
                    {...both(`tie.${tie.key}`, kept?.reason)}
                    label={t('ranking.reason')}
                    rows={3}
                    optional={!tie.toOrder}
                  />
                </fieldset>
              );
            })}
        </section>
      ))}
      <BilingualField
        {...both('text', protocol?.content.text)}
        label={t('ranking.text')}
        hint={t('ranking.textHint')}
        rows={6}
      />
      <FormActions>
        <SubmitButton>{t('ranking.submit')}</SubmitButton>
      </FormActions>
    </PortalForm>
  );
}
