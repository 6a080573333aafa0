import { cyrillicName, latinName } from '#app/people/person-name.ts';
import { tFor } from '#app/platform/i18n.server.ts';
import { PAPER_FONT, renderPdf } from '#app/platform/pdf.server.ts';
import { formatWhen } from '#app/ui/format-when.ts';
import type { Locale, LocalizedText } from '#db/schema/shared.ts';
import type { PersonFacts } from './application-queries.ts';
import type { Translated } from './application-translation.ts';
import { type ContentWords, contentRows } from './content-rows.ts';
import { inLanguage } from './localized.ts';
import type { SubmittedVersion } from './version-queries.ts';

/** What the paper of an application shows. */
export type PrintedApplication = {
  reference: string;
  call: { reference: string; title: LocalizedText };
  person: PersonFacts;
  content: SubmittedVersion['content'];
  /** When it was submitted, and as which version; null for what is still being written. */
  submitted: { at: Date; number: number } | null;
  translation: Translated | null;
  institutions: ContentWords['institutions'];
  asked: ContentWords['asked'];
};

/** The whole application as a paper in one language; what the applicant and the supervisor wrote stays as they wrote it. */
export async function applicationPdf(
  of: PrintedApplication,
  locale: Locale,
): Promise<Uint8Array<ArrayBuffer>> {
  const t = tFor(locale);
  const rows = contentRows(of.content, {
    t: t as ContentWords['t'],
    language: locale,
    institutions: of.institutions,
    asked: of.asked,
  });
  const { person } = of;
  const about: [string, string][] = [
    [t('exchanges:person.latin'), latinName(person)],
    [t('exchanges:person.cyrillic'), cyrillicName(person)],
    [t('exchanges:person.institution'), person.organisation ?? inLanguage(person.institution, locale)],
    [t('exchanges:person.position'), person.position ? inLanguage(person.position, locale) : ''],
    [t('exchanges:person.email'), person.email ?? ''],
  ];
  const bytes = await renderPdf(({ Document, Page, StyleSheet, Text, View }) => {
    const styles = StyleSheet.create({
      page: { fontFamily: PAPER_FONT, fontSize: 10.5, padding: 48, lineHeight: 1.4, color: '#1a1d23' },
      title: { fontSize: 17, fontWeight: 700, marginBottom: 4 },
      soft: { color: '#5d6470' },
      part: { marginTop: 12 },
      heading: { fontSize: 9.5, color: '#5d6470' },
      foot: { position: 'absolute', bottom: 24, left: 48, right: 48, fontSize: 9, color: '#5d6470' },
    });
    const part = (key: string, heading: string, text: string) =>
      text === '' ? null : (
        <View key={key} style={styles.part}>
          <Text style={styles.heading}>{heading}</Text>
          <Text>{text}</Text>
        </View>
      );
    return (
      <Document title={of.reference} language={locale}>
        <Page size="A4" style={styles.page}>
          <Text style={styles.title}>{t('exchanges:paper.title', { reference: of.reference })}</Text>
          <Text>
            {t('exchanges:paper.call', {
              reference: of.call.reference,
              title: inLanguage(of.call.title, locale),
            })}
          </Text>
          <Text style={styles.soft}>
            {of.submitted
              ? t('exchanges:paper.submitted', {
                  number: of.submitted.number,
                  when: formatWhen(of.submitted.at, locale),
                })
              : t('exchanges:paper.draft')}
          </Text>
          {about.map(([heading, text]) => part(heading, heading, text))}
          {rows.map((row) => part(row.key, row.label, row.text))}
          {of.translation && (
            <View style={styles.part}>
              <Text style={styles.heading}>
                {t('exchanges:paper.translation', {
                  name: of.translation.translatedBy
                    ? latinName(of.translation.translatedBy) || cyrillicName(of.translation.translatedBy)
                    : '—',
                })}
              </Text>
              <Text>{of.translation.title}</Text>
              <Text>{of.translation.workPlan}</Text>
            </View>
          )}
          <Text
            style={styles.foot}
            fixed
            render={({ pageNumber, totalPages }) => `${of.reference} · ${pageNumber} / ${totalPages}`}
          />
        </Page>
      </Document>
    );
  });
  return new Uint8Array(bytes);
}
