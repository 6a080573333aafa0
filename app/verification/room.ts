import type { Room } from '#app/platform/room.ts';
import { verificationRules } from './policy.ts';

export const room: Room = {
  name: 'verification',
  rights: Object.keys(verificationRules),
  publicNavigation: [{ text: 'verification:check.title', href: '/verify' }],
  auditCodes: ['certificate.issue', 'certificate.revoke'],
};
