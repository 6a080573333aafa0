import type { Language } from '#app/ui/language.ts';

/** The currencies in which costs of a stay are planned; each has a hundred minor units. */
export const CURRENCIES = ['INR', 'RUB', 'USD', 'EUR'] as const;
export type Currency = (typeof CURRENCIES)[number];

/**
 * An amount as people type it (“12 500,50”, “12,500.50”, “12500”) in minor units.
 *
 * @returns null for what is no amount, or has parts smaller than a minor unit.
 */
export function amountOf(typed: string): number | null {
  const bare = typed.replaceAll(/[\s\u00a0\u202f]/g, '');
  // The last comma or point with one or two digits after it parts the minor units; the others part thousands.
  const [, whole = '', minor = ''] = /^([\d.,]*?\d)(?:[.,](\d{1,2}))?$/.exec(bare) ?? [];
  if (whole === '' || !/^\d{1,11}$|^\d{1,3}([.,]\d{3})+$/.test(whole)) return null;
  return Number(whole.replaceAll(/[.,]/g, '')) * 100 + Number(minor.padEnd(2, '0'));
}

/** An amount of minor units as a form shows it again: “12500.50”. */
export const typedAmount = (minor: number) => (minor / 100).toFixed(minor % 100 === 0 ? 0 : 2);

/** An amount of minor units with its currency, as the reader's language writes it. */
export function formatAmount(minor: number, currency: string, language: Language): string {
  const format = { style: 'currency', currency, minimumFractionDigits: minor % 100 === 0 ? 0 : 2 } as const;
  return new Intl.NumberFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    ...format,
    currencyDisplay: 'code',
  }).format(minor / 100);
}
