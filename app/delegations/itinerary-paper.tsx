import { cyrillicName, latinName } from '#app/people/person-name.ts';
import { tFor } from '#app/platform/i18n.server.ts';
import { PAPER_FONT, renderPdf } from '#app/platform/pdf.server.ts';
import { formatDate, formatDateRange, formatWhen } from '#app/ui/format-when.ts';
import { LOCALES } from '#db/schema/shared.ts';
import { type Itinerary, localTime, placeName } from './itinerary.ts';

/**
 * The personal itinerary as a paper: both languages one below the other, names in both scripts, each leg by the clock of
 * the place it leaves and of the place it reaches, the programme by the clocks of both cities.
 */
export async function itineraryPdf(of: Itinerary): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await renderPdf(({ Document, Page, StyleSheet, Text, View }) => {
    const styles = StyleSheet.create({
      page: { fontFamily: PAPER_FONT, fontSize: 10, padding: 48, lineHeight: 1.4, color: '#1a1d23' },
      name: { fontSize: 14, fontWeight: 700 },
      title: { fontSize: 16, fontWeight: 700, marginBottom: 4 },
      soft: { color: '#5d6470' },
      section: { marginTop: 14 },
      heading: { fontSize: 12, fontWeight: 700, marginBottom: 4 },
      row: { flexDirection: 'row', borderBottom: '0.5 solid #e4e1da', paddingVertical: 4 },
      carrier: { width: '16%', fontWeight: 700 },
      end: { width: '42%', paddingRight: 8 },
    });
    const { one, duty, mate } = of;
    return (
      <Document title={`${of.reference} ${latinName(one.name)}`} language="en">
        <Page size="A4" style={styles.page}>
          <Text style={styles.name}>{latinName(one.name)}</Text>
          <Text style={styles.name}>{cyrillicName(one.name)}</Text>
          {LOCALES.map((locale) => {
            const t = tFor(locale);
            const doubtful = one.cyrillicSpelling !== 'confirmed' && cyrillicName(one.name) !== '';
            return (
              <View key={locale} style={styles.section}>
                <Text style={styles.title}>{t('delegations:itinerary.title')}</Text>
                {doubtful && <Text style={styles.soft}>{t('delegations:itinerary.unconfirmed')}</Text>}
                <Text>{of.title[locale] || of.title.en}</Text>
                <Text style={styles.soft}>
                  {[
                    formatDateRange(of.startsOn, of.endsOn, locale),
                    of.city[locale],
                    of.venue[locale],
                    of.reference,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
                {duty.first && (
                  <Text>
                    {t('delegations:itinerary.firstDuty', { when: formatWhen(duty.first, locale) })}
                  </Text>
                )}
                {duty.last && (
                  <Text>{t('delegations:itinerary.lastDuty', { when: formatWhen(duty.last, locale) })}</Text>
                )}
                {one.file.legs.length > 0 && (
                  <View style={styles.section}>
                    <Text style={styles.heading}>{t('delegations:itinerary.legs')}</Text>
                    {one.file.legs.map((leg) => (
                      <View key={leg.id} style={styles.row} wrap={false}>
                        <Text style={styles.carrier}>{leg.carrier}</Text>
                        <View style={styles.end}>
                          <Text>{placeName(leg.fromCode, locale)}</Text>
                          <Text>{localTime(leg.departsLocal, leg.departsZone, leg.departsAt, locale)}</Text>
                        </View>
                        <View style={styles.end}>
                          <Text>{placeName(leg.toCode, locale)}</Text>
                          <Text>{localTime(leg.arrivesLocal, leg.arrivesZone, leg.arrivesAt, locale)}</Text>
                        </View>
                      </View>
                    ))}
                    <Text style={styles.soft}>{t('delegations:itinerary.localTimes')}</Text>
                  </View>
                )}
                {one.stays.length > 0 && (
                  <View style={styles.section} wrap={false}>
                    <Text style={styles.heading}>{t('delegations:itinerary.hotel')}</Text>
                    <Text>{of.hotel[locale] || of.hotel.en}</Text>
                    {one.stays.map((stay) => (
                      <Text key={stay.id}>
                        {t('delegations:itinerary.nights', {
                          from: formatDate(stay.from, locale),
                          to: formatDate(stay.to, locale),
                          kind: t(`delegations:roomKind.${stay.kind}`),
                        })}
                      </Text>
                    ))}
                    {mate && (
                      <Text>
                        {t('delegations:itinerary.with', {
                          name: [latinName(mate), cyrillicName(mate)].filter(Boolean).join(' / '),
                        })}
                      </Text>
                    )}
                  </View>
                )}
              </View>
            );
          })}
        </Page>
      </Document>
    );
  });
  return new Uint8Array(bytes);
}
