import { cyrillicName, latinName, type NameParts } from '#app/people/person-name.ts';
import { tFor } from '#app/platform/i18n.server.ts';
import { PAPER_FONT, renderPdf } from '#app/platform/pdf.server.ts';
import { calendarDateOf, formatDate, formatWhen } from '#app/ui/format-when.ts';
import { LOCALES, type Locale } from '#db/schema/shared.ts';
import { formatScore } from './format-score.ts';
import type { RankingPaper } from './ranking-queries.ts';

/** A name as a paper of this language writes it; in the other script where there is no spelling. */
const nameIn = (name: NameParts, locale: Locale) =>
  (locale === 'ru' ? cyrillicName(name) : latinName(name)) || latinName(name) || cyrillicName(name);

/**
 * The ranking protocol as a paper: the minutes of the selection committee (протокол заседания конкурсной комиссии) in
 * both languages one after the other, with the ranking and reserve list of each side, how ties were broken, and who
 * signed the version over which hash. Until both have signed it says so on its face.
 */
export async function rankingPdf(paper: RankingPaper): Promise<Uint8Array<ArrayBuffer>> {
  const { call, protocol, signers, candidates } = paper;
  const { content, version, parties } = protocol;
  const complete = parties.every((party) => party.signature !== null);
  const people = new Map(candidates.map((one) => [one.id, one]));
  const bytes = await renderPdf(({ Document, Page, StyleSheet, Text, View }) => {
    const styles = StyleSheet.create({
      page: { fontFamily: PAPER_FONT, fontSize: 10, padding: 48, lineHeight: 1.4, color: '#1a1d23' },
      title: { fontSize: 16, fontWeight: 700, marginBottom: 4 },
      soft: { color: '#5d6470' },
      draft: { color: '#a8261d', fontWeight: 700, marginTop: 6 },
      section: { marginTop: 14 },
      heading: { fontSize: 12, fontWeight: 700, marginBottom: 4 },
      head: { flexDirection: 'row', borderBottom: '1 solid #1a1d23', paddingBottom: 3, fontWeight: 700 },
      row: { flexDirection: 'row', borderBottom: '0.5 solid #e4e1da', paddingVertical: 3 },
      rank: { width: '7%' },
      who: { width: '41%', paddingRight: 6 },
      number: { width: '11%', textAlign: 'right', paddingRight: 8 },
      outcome: { width: '19%' },
      sign: { marginTop: 10, flexDirection: 'row' },
      signatory: { width: '50%', paddingRight: 12 },
    });
    return (
      <Document title={`${call.reference} ${tFor('en')('reviews:paper.title')}`} language="en">
        {LOCALES.map((locale) => {
          const t = tFor(locale);
          return (
            <Page key={locale} size="A4" style={styles.page}>
              <Text style={styles.title}>{t('reviews:paper.title')}</Text>
              <Text>
                {t('reviews:paper.call', {
                  title: call.title[locale] || call.title.en,
                  reference: call.reference,
                })}
              </Text>
              <Text style={styles.soft}>
                {t('reviews:paper.version', {
                  number: version.number,
                  date: formatDate(calendarDateOf(version.createdAt, 'ru'), locale),
                })}
              </Text>
              <Text>{t('reviews:paper.committee', { in: signers.in[locale], ru: signers.ru[locale] })}</Text>
              {!complete && <Text style={styles.draft}>{t('reviews:paper.unsigned')}</Text>}
              <View style={styles.section}>
                {content.text[locale].split(/\n+/).map((line, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and never move
                  <Text key={index}>{line}</Text>
                ))}
              </View>
              {content.sides.map((side) => (
                <View key={side.side} style={styles.section}>
                  <Text style={styles.heading}>{t(`reviews:board.to.${side.side}`)}</Text>
                  <Text style={styles.soft}>
                    {t('reviews:ranking.cut', { places: side.places, reserve: side.reserve })}
                  </Text>
                  <View style={styles.head} fixed>
                    <Text style={styles.rank}>{t('reviews:ranking.rank')}</Text>
                    <Text style={styles.who}>{t('reviews:board.application')}</Text>
                    <Text style={styles.number}>{t('reviews:paper.score')}</Text>
                    <Text style={styles.number}>{t('reviews:board.median')}</Text>
                    <Text style={styles.number}>{t('reviews:board.spread')}</Text>
                    <Text style={styles.outcome}>{t('reviews:ranking.outcome')}</Text>
                  </View>
                  {side.rows.map((row) => {
                    const who = people.get(row.applicationId);
                    return (
                      <View key={row.applicationId} style={styles.row} wrap={false}>
                        <Text style={styles.rank}>{row.rank}</Text>
                        <View style={styles.who}>
                          <Text>{who ? nameIn(who.name, locale) : row.reference}</Text>
                          <Text style={styles.soft}>
                            {[row.reference, who?.home[locale]].filter(Boolean).join(', ')}
                          </Text>
                        </View>
                        <Text style={styles.number}>{formatScore(row.score, locale)}</Text>
                        <Text style={styles.number}>{formatScore(row.median, locale)}</Text>
                        <Text style={styles.number}>{formatScore(row.spread, locale)}</Text>
                        <View style={styles.outcome}>
                          <Text>{t(`reviews:outcome.${row.outcome}`)}</Text>
                          <Text style={styles.soft}>
                            {t('reviews:paper.given', { given: row.given, expected: row.expected })}
                          </Text>
                        </View>
                      </View>
                    );
                  })}
                  {side.ties.map((tie) => (
                    <View key={tie.score} style={{ marginTop: 6 }} wrap={false}>
                      <Text style={{ fontWeight: 700 }}>
                        {t('reviews:ranking.tieReason', { references: tie.references.join(', ') })}
                      </Text>
                      <Text>{tie.reason[locale]}</Text>
                    </View>
                  ))}
                </View>
              ))}
              <View style={styles.section} wrap={false}>
                <Text style={styles.heading}>{t('reviews:ranking.signatures')}</Text>
                <View style={styles.sign}>
                  {parties.map(({ institution, signature }) => (
                    <View key={institution?.id ?? 'none'} style={styles.signatory}>
                      <Text>{institution?.name[locale] ?? ''}</Text>
                      <Text style={styles.soft}>{t('reviews:ranking.capacity')}</Text>
                      <Text style={{ fontWeight: 700 }}>
                        {signature?.name ? nameIn(signature.name, locale) : t('reviews:paper.awaited')}
                      </Text>
                      {signature && <Text>{formatWhen(signature.signedAt, locale)}</Text>}
                    </View>
                  ))}
                </View>
                <Text style={styles.soft}>{t('reviews:paper.hash', { hash: version.hash })}</Text>
              </View>
            </Page>
          );
        })}
      </Document>
    );
  });
  return new Uint8Array(bytes);
}
