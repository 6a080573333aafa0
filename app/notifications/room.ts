import { permits } from '#app/people/access.ts';
import type { MessageDef } from '#app/platform/messages.ts';
import type { Room } from '#app/platform/room.ts';
import { approvalRequested, approved, campaignMessage, returned } from './messages.ts';
import { campaignRules } from './policy.ts';
import { awaitingApproval, maySeeMessage, otherSideOf, unreadCount } from './queries.ts';

export const room: Room = {
  name: 'notifications',
  rights: Object.keys(campaignRules),
  navigation: (actor) => [
    ...(permits(campaignRules['campaigns.list'], actor, null)
      ? [{ text: 'notifications:campaigns.navigation', href: '/campaigns' }]
      : []),
    { text: 'notifications:inbox.navigation', href: '/inbox', unread: unreadCount },
  ],
  async waiting(db, actor) {
    const campaigns = await awaitingApproval(db, actor);
    return campaigns.map((waiting) => ({
      text: 'notifications:waiting.approve',
      params: { subject: waiting.subject[actor.locale] },
      note: `${waiting.reference} · ${waiting.institution[actor.locale]}`,
      href: `/campaigns/${waiting.reference}/approval`,
      side: otherSideOf(waiting.side),
      due: null,
    }));
  },
  messages: [campaignMessage, approvalRequested, approved, returned] as MessageDef[],
  live: [{ prefix: 'message', mayListen: maySeeMessage }],
  auditCodes: [
    'campaign.drafted',
    'campaign.revised',
    'campaign.send',
    'campaign.requestApproval',
    'campaign.approve',
    'campaign.return',
    'campaign.cancel',
  ],
};
