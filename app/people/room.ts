import type { Room } from '#app/platform/room.ts';
import { permits } from './access.ts';
import { repairAccountsJob } from './jobs.ts';
import { peopleRules } from './policy.ts';

export const room: Room = {
  name: 'people',
  rights: Object.keys(peopleRules),
  navigation: (actor) =>
    permits(peopleRules['people.list'], actor, null) ? [{ text: 'people:navigation', href: '/people' }] : [],
  jobs: [repairAccountsJob],
  auditCodes: [
    'people.calendarDayAdded',
    'people.calendarDayRemoved',
    'people.imported',
    'people.introduced',
    'people.granted',
    'people.revoked',
    'people.signedUp',
    'people.addressVerified',
    'people.accountLinked',
    'people.signedIn',
    'people.sessionRenewed',
    'people.sessionConfirmed',
    'people.sessionRevoked',
    'people.signedOut',
    'people.passwordReset',
    'people.twoFactorOn',
    'people.twoFactorOff',
    'people.backupCodesRenewed',
    'people.profileChanged',
    'people.preferencesChanged',
  ],
};
