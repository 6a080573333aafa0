import type { TFunction } from 'i18next';

/** The way from the list over the exchange to one of the pages of its stay. */
export function stayCrumbs(t: TFunction<['placements', 'exchanges']>, reference: string, title: string) {
  return [
    { label: t('exchanges:title'), href: '/exchanges' },
    { label: reference, href: `/exchanges/${reference}` },
    { label: title },
  ];
}
