import type { TFunction } from 'i18next';
import type { Crumb } from '#app/ui/page-header.tsx';

/** The path of a report's pages: all theses, the thesis, the report, and the page itself where it is another one. */
export function reportCrumbs(
  t: TFunction<'supervision'>,
  page: { thesis: { reference: string }; halfYearTitle: string; address: string },
  own?: string,
): Crumb[] {
  const { reference } = page.thesis;
  return [
    { label: t('navigation'), href: '/supervision' },
    { label: reference, href: `/supervision/${reference}` },
    own === undefined ? { label: page.halfYearTitle } : { label: page.halfYearTitle, href: page.address },
    ...(own === undefined ? [] : [{ label: own }]),
  ];
}
