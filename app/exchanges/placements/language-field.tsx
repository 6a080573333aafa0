import { useTranslation } from 'react-i18next';
import { Radios } from '#app/ui/choices.tsx';
import { LOCALES } from '#db/schema/shared.ts';

/** In which language a text is written: any of the two, said by its author. */
export function LanguageField({
  value,
  id = 'locale',
  error,
}: {
  value: string;
  id?: string;
  error?: string;
}) {
  const { t } = useTranslation(['placements', 'common']);
  return (
    <Radios
      name="locale"
      id={id}
      label={t('writtenIn')}
      options={LOCALES.map((one) => ({ value: one, label: t(`common:languageName.${one}`) }))}
      value={value}
      inline
      {...(error ? { error } : {})}
    />
  );
}
