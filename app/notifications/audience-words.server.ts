import { tFor } from '#app/platform/i18n.server.ts';
import type { Audience } from '#db/schema/notifications.ts';
import type { Locale } from '#db/schema/shared.ts';
import { AUDIENCE_ROLES } from './schemas.ts';

/** Whom a campaign is for, in words: “PhD students, experts · Indian side, Russian side · in English”. */
export function audienceWords(audience: Audience, locale: Locale): string {
  const t = tFor(locale);
  const roles = AUDIENCE_ROLES.filter((role) => audience.roles.includes(role));
  return [
    roles.length > 0
      ? roles.map((role) => t(`notifications:role.${role}`)).join(', ')
      : t('notifications:everyone'),
    audience.sides.map((side) => t(`notifications:side.${side}`)).join(', '),
    audience.locales.length < 2
      ? audience.locales.map((one) => t(`notifications:locale.${one}`)).join('')
      : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
