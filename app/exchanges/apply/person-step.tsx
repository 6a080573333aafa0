import { useTranslation } from 'react-i18next';
import { cyrillicName, latinName } from '#app/people/person-name.ts';
import { Card } from '#app/ui/card.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import type { PersonFacts } from '../application-queries.ts';
import { inLanguage } from '../localized.ts';
import { StepActions, StepLinks } from './step-actions.tsx';
import type { StepProps } from './step-props.ts';

/** Who applies: what the portal holds, and for people of other organisations which institution sends them. */
export function PersonStep({ form, extras, values, errorOf, revision, here }: StepProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  return (
    <>
      {extras.person && <PersonCard person={extras.person} />}
      {form.sponsored ? (
        <Card>
          <PortalForm hidden={{ revision }} autosave={`${here}/person/draft`}>
            <Select
              name="homeInstitutionId"
              label={t('apply.field.homeInstitutionId')}
              hint={t('apply.field.homeHint')}
              options={form.homes.map((one) => ({
                value: one.id,
                label: inLanguage(one.shortName, language),
              }))}
              value={values.homeInstitutionId}
              empty={t('apply.chooseInstitution')}
              error={errorOf('homeInstitutionId')}
            />
            <StepActions />
          </PortalForm>
        </Card>
      ) : (
        <StepLinks next="eligibility" here={here} />
      )}
    </>
  );
}

function PersonCard({ person }: { person: PersonFacts }) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const marked = (name: string, spelling: string) => {
    if (name === '') return t('person.noName');
    return spelling === 'confirmed' ? name : `${name} (${t('person.proposed')})`;
  };
  const position = person.position ? inLanguage(person.position, language) : '';
  const lacking = !cyrillicName(person) || !latinName(person) || person.cyrillicSpelling !== 'confirmed';
  return (
    <Card>
      <Facts
        facts={[
          { term: t('person.latin'), value: marked(latinName(person), person.latinSpelling) },
          { term: t('person.cyrillic'), value: marked(cyrillicName(person), person.cyrillicSpelling) },
          {
            term: t('person.institution'),
            value: person.organisation ?? inLanguage(person.institution, language),
          },
          ...(position ? [{ term: t('person.position'), value: position }] : []),
          ...(person.laboratory ? [{ term: t('person.laboratory'), value: person.laboratory }] : []),
          ...(person.researchArea ? [{ term: t('person.researchArea'), value: person.researchArea }] : []),
          { term: t('person.email'), value: person.email ?? '—' },
        ]}
      />
      {lacking && <p className="note">{t('person.spelling')}</p>}
      <p>
        <a href="/account">{t('person.change')}</a>
      </p>
    </Card>
  );
}
