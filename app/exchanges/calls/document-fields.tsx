import { useTranslation } from 'react-i18next';
import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Card } from '#app/ui/card.tsx';
import { Select } from '#app/ui/select.tsx';
import { DOCUMENT_KINDS, OWN_DOCUMENTS } from './call-form.ts';

/** Gives a field its name, what was typed, and what is wrong with it. */
export type TextOf = (name: string) => { name: string; value: string | undefined; error: string | undefined };
/** As `TextOf`, for a text typed in both languages. */
export type BothOf = (name: string) => {
  name: string;
  value: { en?: string | undefined; ru?: string | undefined };
  error: { en?: string | undefined; ru?: string | undefined };
};

/** Which documents an applicant sends: the usual ones, and those this call alone asks for. */
export function DocumentFields({ text, both }: { text: TextOf; both: BothOf }) {
  const { t } = useTranslation('exchanges');
  const needs = (['required', 'optional'] as const).map((need) => ({
    value: need,
    label: t(`draft.need.${need}`),
  }));
  const rows = Array.from({ length: OWN_DOCUMENTS }, (_, index) => `document.${index + 1}`);
  return (
    <Card title={t('draft.documents')} id="asked">
      <p className="note mb-3">{t('draft.documentsHint')}</p>
      <div className="grid gap-x-6 md:grid-cols-2">
        {DOCUMENT_KINDS.map((kind) => (
          <Select
            key={kind}
            {...text(`ask.${kind}`)}
            label={t(`document.${kind}`)}
            options={needs}
            empty={t('draft.need.none')}
          />
        ))}
      </div>
      <h3 className="mt-6">{t('draft.ownDocuments')}</h3>
      <p className="note mb-3">{t('draft.ownDocumentsHint')}</p>
      <div className="rows">
        {rows.map((row, index) => (
          <div className="row" key={row}>
            <input type="hidden" name={`${row}.key`} value={text(`${row}.key`).value ?? ''} />
            <BilingualField
              {...both(`${row}.title`)}
              label={t('draft.ownDocument', { which: index + 1 })}
              maxLength={200}
              optional
            />
            <Select
              {...text(`${row}.need`)}
              label={t('draft.needLabel')}
              options={needs}
              empty={false}
              width="medium"
              optional
            />
          </div>
        ))}
      </div>
    </Card>
  );
}
