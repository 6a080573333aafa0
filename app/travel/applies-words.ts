import type { Say } from '#app/ui/say.ts';
import { type Applies, PURPOSES } from './trip-requirement.ts';

/** To which journeys a requirement applies, as one line; the namespace `travel` is loaded. */
export function appliesLine({ purposes, homes, hosts, visaRoutes, minDays }: Applies, t: Say): string {
  const one = <T>(list: readonly T[] | null | undefined) => (list?.length === 1 ? list[0] : undefined);
  const parts = [
    purposes && purposes.length < PURPOSES.length
      ? purposes.map((purpose) => t(`definition.purpose.${purpose}`)).join(', ')
      : '',
    one(homes) ? t(`definition.from.${one(homes)}`) : '',
    one(hosts) ? t(`definition.to.${one(hosts)}`) : '',
    one(visaRoutes) ? t(`definition.route.${one(visaRoutes)}`) : '',
    minDays ? t('definition.fromDays', { count: minDays }) : '',
  ];
  return parts.filter(Boolean).join('; ') || t('definition.everyJourney');
}
