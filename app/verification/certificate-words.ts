import { tFor } from '#app/platform/i18n.server.ts';
import { formatDate, formatDateRange } from '#app/ui/format-when.ts';
import { LOCALES, type Locale } from '#db/schema/shared.ts';
import type { CertificateContent } from '#db/schema/training.ts';

export type CertificateLines = {
  title: string;
  revoked: string;
  name: string;
  course: string;
  facts: { term: string; value: string }[];
};

type Fact =
  | 'number'
  | 'dates'
  | 'hours'
  | 'grade'
  | 'host'
  | 'from'
  | 'issued'
  | 'stayDates'
  | 'stayHost'
  | 'laboratory'
  | 'stay';

/** What a certificate says, line by line, in both languages: whoever checks it reads either. */
export function certificateText(certificate: {
  number: string;
  content: CertificateContent;
  issuedOn: string;
}): Record<Locale, CertificateLines> {
  const { number, content, issuedOn } = certificate;
  const lines = (locale: Locale): CertificateLines => {
    const t = tFor(locale);
    const fact = (name: Fact, value: string) =>
      value ? [{ term: t(`verification:fact.${name}`), value }] : [];
    if (content.kind === 'stay') {
      return {
        title: t('verification:paper.stayTitle'),
        revoked: t('verification:paper.revoked'),
        name: locale === 'ru' ? content.name.cyrillic : content.name.latin,
        course: content.title[locale],
        facts: [
          ...fact('number', number),
          ...fact('stayDates', formatDateRange(content.startsOn, content.endsOn, locale)),
          ...fact('stayHost', [content.host[locale], content.city[locale]].filter(Boolean).join(', ')),
          ...fact('laboratory', content.laboratory),
          ...fact('from', content.from[locale]),
          ...fact('stay', content.reference),
          ...fact('issued', formatDate(issuedOn, locale)),
        ],
      };
    }
    const hours =
      content.minutes === null ? '' : t('verification:hours', { count: Math.round(content.minutes / 60) });
    return {
      title: t('verification:paper.title'),
      revoked: t('verification:paper.revoked'),
      name: locale === 'ru' ? content.name.cyrillic : content.name.latin,
      course: content.course.title[locale],
      facts: [
        ...fact('number', number),
        ...fact('dates', formatDateRange(content.startsOn, content.endsOn, locale)),
        ...fact('hours', hours),
        ...fact('grade', content.grade === null ? '' : String(content.grade)),
        ...fact('host', [content.host[locale], content.city[locale]].filter(Boolean).join(', ')),
        ...fact('from', content.from[locale]),
        ...fact('issued', formatDate(issuedOn, locale)),
      ],
    };
  };
  return Object.fromEntries(LOCALES.map((locale) => [locale, lines(locale)])) as Record<
    Locale,
    CertificateLines
  >;
}
