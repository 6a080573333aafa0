import type { Tone } from '#app/ui/side.ts';
import type { CampaignState } from '#db/schema/notifications.ts';
import type { DeliveryState } from '#db/schema/platform.ts';

const CAMPAIGNS: Record<CampaignState, Tone> = {
  draft: 'idle',
  'awaiting-approval': 'risk',
  sent: 'ok',
  cancelled: 'stop',
};

export const toneOfState = (state: CampaignState): Tone => CAMPAIGNS[state];

const DELIVERIES: Record<DeliveryState, Tone | 'act'> = {
  queued: 'idle',
  sending: 'act',
  sent: 'act',
  delivered: 'ok',
  delayed: 'risk',
  doubtful: 'risk',
  bounced: 'stop',
  complained: 'stop',
  failed: 'stop',
  suppressed: 'idle',
  'no-address': 'idle',
};

/** The tone of a mail in the bar of progress, where `act` is the mail that is on its way. */
export const toneOfDelivery = (state: DeliveryState): Tone | 'act' => DELIVERIES[state];

/** The tone of a mail in a row, where one on its way is simply in order. */
export function toneOfMail(state: DeliveryState): Tone {
  const tone = DELIVERIES[state];
  return tone === 'act' ? 'ok' : tone;
}
