import type { TextProps } from '@react-pdf/renderer';
import QRCode from 'qrcode';
import { createElement } from 'react';
import { tFor } from '#app/platform/i18n.server.ts';
import { PAPER_FONT, renderPdf } from '#app/platform/pdf.server.ts';
import { formatDate, formatDateRange } from '#app/ui/format-when.ts';
import { LOCALES, type Locale } from '#db/schema/shared.ts';
import type { CertificateContent, CourseCertificate, StayCertificate } from '#db/schema/training.ts';
import { shownCode } from './code.ts';

export type PrintedCertificate = {
  number: string;
  code: string;
  content: CertificateContent;
  issuedOn: string;
  revokedAt: Date | null;
};

const styles = {
  page: { fontFamily: PAPER_FONT, fontSize: 11, padding: 48, color: '#1a1d23', lineHeight: 1.4 },
  columns: { display: 'flex', flexDirection: 'row', gap: 32, marginTop: 20 },
  column: { flexGrow: 1, flexBasis: 0 },
  heading: { fontSize: 22, fontWeight: 700 },
  name: { fontSize: 17, fontWeight: 700, marginTop: 10, marginBottom: 10 },
  course: { fontSize: 13, fontWeight: 700, marginTop: 4 },
  soft: { color: '#5d6470', fontSize: 10 },
  foot: { display: 'flex', flexDirection: 'row', gap: 20, marginTop: 28, alignItems: 'center' },
  revoked: { fontSize: 16, fontWeight: 700, color: '#a8261d', marginTop: 12 },
  sign: { marginTop: 44, borderTopWidth: 1, borderTopColor: '#1a1d23', paddingTop: 4 },
} as const;

/**
 * The certificate as a paper: one page, both languages side by side, the name in both scripts, its number, and the
 * address under which anyone can check it.
 *
 * @param url address of the check
 */
export function certificatePdf(certificate: PrintedCertificate, url: string): Promise<Uint8Array> {
  const { number, code, content, issuedOn, revokedAt } = certificate;
  const h = createElement;
  const stay = content.kind === 'stay';
  return renderPdf(({ Document, Page, Text, View, Svg, Path }) => {
    const text = (style: TextProps['style'], words: string) => h(Text, { style }, words);
    const courseLines = (course: CourseCertificate, locale: Locale) => {
      const t = tFor(locale);
      const { minutes, grade } = course;
      return [
        text(styles.course, course.course.title[locale]),
        text({ marginTop: 4 }, formatDateRange(course.startsOn, course.endsOn, locale)),
        ...(minutes === null
          ? []
          : [text({}, t('verification:paper.hours', { count: Math.round(minutes / 60) }))]),
        ...(grade === null ? [] : [text({}, t('verification:paper.grade', { grade }))]),
      ];
    };
    const stayLines = (of: StayCertificate, locale: Locale) => [
      text(styles.course, of.title[locale]),
      text({ marginTop: 4 }, formatDateRange(of.startsOn, of.endsOn, locale)),
      text({}, of.laboratory),
      text(styles.soft, tFor(locale)('verification:paper.programme', { reference: of.reference })),
    ];
    const column = (locale: Locale) => {
      const t = tFor(locale);
      const name = locale === 'ru' ? content.name.cyrillic : content.name.latin;
      return h(
        View,
        { key: locale, style: styles.column },
        text(styles.heading, t(stay ? 'verification:paper.stayTitle' : 'verification:paper.title')),
        text(styles.soft, `${number} · ${formatDate(issuedOn, locale)}`),
        text(
          { marginTop: 14 },
          t(stay ? 'verification:paper.stayCertifies' : 'verification:paper.certifies'),
        ),
        text(styles.name, name),
        ...(content.from[locale] && stay ? [text({}, content.from[locale])] : []),
        text({}, t(stay ? 'verification:paper.stayed' : 'verification:paper.completed')),
        ...(content.kind === 'stay' ? stayLines(content, locale) : courseLines(content, locale)),
        text({ marginTop: 10 }, [content.host[locale], content.city[locale]].filter(Boolean).join(', ')),
        text(styles.sign, t('verification:paper.signature')),
        ...(revokedAt ? [text(styles.revoked, t('verification:paper.revoked'))] : []),
      );
    };
    const { modules } = QRCode.create(url, { errorCorrectionLevel: 'M' });
    let dark = '';
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) {
        if (modules.get(row, column)) dark += `M${column} ${row}h1v1h-1z`;
      }
    }
    return h(
      Document,
      { title: `${number} ${content.name.latin}`, language: 'en' },
      h(
        Page,
        { size: 'A4', orientation: 'landscape', style: styles.page },
        h(View, { style: styles.columns }, ...LOCALES.map(column)),
        h(
          View,
          { style: styles.foot },
          h(
            Svg,
            { viewBox: `0 0 ${modules.size} ${modules.size}`, width: 92, height: 92 },
            h(Path, { d: dark, fill: '#000000' }),
          ),
          h(
            View,
            {},
            ...LOCALES.map((locale) =>
              h(Text, { key: locale, style: styles.soft }, tFor(locale)('verification:paper.check')),
            ),
            text({ fontWeight: 700 }, shownCode(code)),
            text(styles.soft, url),
          ),
        ),
      ),
    );
  });
}
