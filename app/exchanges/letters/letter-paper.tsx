import { tFor } from '#app/platform/i18n.server.ts';
import { PAPER_FONT, renderPdf } from '#app/platform/pdf.server.ts';
import { formatDate, formatDateRange } from '#app/ui/format-when.ts';
import { LOCALES, type Locale } from '#db/schema/shared.ts';
import { inLanguage } from '../localized.ts';
import type { LetterContent, LetterName } from './letter-content.ts';

/** Both scripts of a name, the paper's own first; one where the other is not known. */
const bothScripts = (name: LetterName, locale: Locale) => {
  const [own, other] = locale === 'ru' ? [name.cyrillic, name.latin] : [name.latin, name.cyrillic];
  return own && other ? `${own} (${other})` : own || other;
};

/**
 * A letter as a paper: both languages side by side, institutions by their full names, names in both scripts, number, date
 * and who signs in which capacity. It prints what was frozen when the letter was issued, and nothing else.
 */
export async function letterPdf(letter: {
  content: LetterContent;
  hash: string;
}): Promise<Uint8Array<ArrayBuffer>> {
  const { content, hash } = letter;
  const bytes = await renderPdf(({ Document, Page, StyleSheet, Text, View }) => {
    const styles = StyleSheet.create({
      page: { fontFamily: PAPER_FONT, fontSize: 9.5, padding: 42, lineHeight: 1.4, color: '#1a1d23' },
      columns: { flexDirection: 'row', gap: 26 },
      column: { flexGrow: 1, flexBasis: 0 },
      issuer: { fontWeight: 700, minHeight: 42 },
      soft: { color: '#5d6470', fontSize: 8.5 },
      title: { fontSize: 15, fontWeight: 700, marginTop: 14, lineHeight: 1.2, minHeight: 38 },
      part: { marginTop: 9 },
      reason: { marginTop: 2, paddingLeft: 8, borderLeftWidth: 2, borderLeftColor: '#a8261d' },
      fact: { marginTop: 4 },
      strong: { fontWeight: 700 },
      sign: { marginTop: 26, borderTopWidth: 1, borderTopColor: '#1a1d23', paddingTop: 4 },
      foot: { marginTop: 20, borderTopWidth: 0.5, borderTopColor: '#e4e1da', paddingTop: 4 },
    });
    const party = content.signatory.party;
    return (
      <Document title={`${content.number} ${content.applicant.latin}`} language="en">
        <Page size="A4" style={styles.page}>
          <View style={styles.columns}>
            {LOCALES.map((locale) => {
              const t = tFor(locale);
              const names = {
                home: inLanguage(content.home.name, locale),
                host: inLanguage(content.host.name, locale),
              };
              const institution = names[party];
              const issuer = content[party];
              return (
                <View key={locale} style={styles.column}>
                  <View style={styles.issuer}>
                    <Text>{institution}</Text>
                    {issuer.city && <Text style={styles.soft}>{inLanguage(issuer.city, locale)}</Text>}
                  </View>
                  <Text style={styles.part}>
                    {t('letters:number', {
                      number: content.number,
                      date: formatDate(content.issuedOn, locale),
                    })}
                  </Text>
                  <Text style={styles.part}>
                    <Text style={styles.soft}>{t('letters:to')}: </Text>
                    {addressee(content, locale, names)}
                  </Text>
                  <Text style={styles.title}>{t(`letters:head.${content.kind}`)}</Text>
                  {salutationOf(content, locale) !== '' && (
                    <Text style={styles.part}>{salutationOf(content, locale)}</Text>
                  )}
                  {paragraphsOf(content, locale, names).map((paragraph) => (
                    <Text key={paragraph} style={styles.part}>
                      {paragraph}
                    </Text>
                  ))}
                  <View style={styles.part}>
                    {factsOf(content, locale).map(([term, value]) => (
                      <View key={term} style={styles.fact}>
                        <Text style={styles.soft}>{term}</Text>
                        <Text style={styles.strong}>{value}</Text>
                      </View>
                    ))}
                  </View>
                  {[content.applicant, content.stay?.supervisor, content.signatory].some(isDoubtful) && (
                    <Text style={styles.soft}>{t('letters:unconfirmed')}</Text>
                  )}
                  {content.reason && (
                    <View style={styles.part}>
                      <Text style={styles.soft}>{t('letters:refusal.reason')}</Text>
                      <Text style={styles.reason}>{content.reason}</Text>
                    </View>
                  )}
                  {closingOf(content, locale) && (
                    <Text style={styles.part}>{closingOf(content, locale)}</Text>
                  )}
                  <View style={styles.sign} wrap={false}>
                    <Text style={styles.strong}>{bothScripts(content.signatory, locale)}</Text>
                    <Text>{t('letters:capacity', { institution })}</Text>
                    <Text>{formatDate(content.issuedOn, locale)}</Text>
                  </View>
                </View>
              );
            })}
          </View>
          <View style={styles.foot} wrap={false}>
            {LOCALES.map((locale) => (
              <Text key={locale} style={styles.soft}>
                {tFor(locale)('letters:issued', { date: formatDate(content.issuedOn, locale) })}
              </Text>
            ))}
            <Text style={styles.soft}>{tFor('en')('letters:hash', { hash })}</Text>
          </View>
        </Page>
      </Document>
    );
  });
  return new Uint8Array(bytes);
}

/** A spelling that was proposed by transliteration; the paper says so. */
const isDoubtful = (name: LetterName | undefined) =>
  name !== undefined && name.cyrillic !== '' && !name.confirmed;

type Names = { home: string; host: string };

/** A nomination goes to the host, an acceptance to the home institution, a refusal to the applicant. */
function addressee(content: LetterContent, locale: Locale, names: Names): string {
  if (content.kind === 'nomination') return names.host;
  if (content.kind === 'acceptance') return names.home;
  return bothScripts(content.applicant, locale);
}

/** Institutions are colleagues; an applicant is addressed as far as nothing has to be guessed. */
function salutationOf(content: LetterContent, locale: Locale): string {
  return content.kind === 'refusal' ? content.salutation[locale] : tFor(locale)('letters:colleagues');
}

function paragraphsOf(content: LetterContent, locale: Locale, names: Names): string[] {
  const t = tFor(locale);
  const call = inLanguage(content.call.title, locale);
  const params = { ...names, call, reference: content.call.reference };
  if (content.kind === 'nomination')
    return [t('letters:nomination.body', params), t('letters:nomination.checked')];
  if (content.kind === 'acceptance') return [t('letters:acceptance.body', params)];
  const institution = names[content.signatory.party];
  return [t(`letters:refusal.body.${content.refusal ?? 'declined'}`, { ...params, institution })];
}

function closingOf(content: LetterContent, locale: Locale): string {
  const t = tFor(locale);
  if (content.kind === 'nomination') return t('letters:nomination.ask');
  return t(content.kind === 'acceptance' ? 'letters:acceptance.next' : 'letters:refusal.appeal');
}

function factsOf(content: LetterContent, locale: Locale): [term: string, value: string][] {
  const t = tFor(locale);
  const { stay, wish, applicant } = content;
  const facts: [string, string][] = [
    [t('letters:fact.applicant'), bothScripts(applicant, locale)],
    [t('letters:fact.application'), content.application.reference],
    [t('letters:fact.subject'), content.application.title],
  ];
  if (wish)
    facts.push([
      t('letters:fact.wish'),
      t('letters:wish', { count: wish.weeks, start: formatDate(wish.start, locale) }),
    ]);
  if (stay)
    facts.push(
      [t('letters:fact.stay'), formatDateRange(stay.from, stay.until, locale)],
      [t('letters:fact.laboratory'), stay.laboratory],
      [t('letters:fact.supervisor'), bothScripts(stay.supervisor, locale)],
    );
  return facts;
}
