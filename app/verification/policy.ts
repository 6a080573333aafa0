import { holdsAt, isPerson, type Rules } from '#app/people/access.ts';

type OfCertificate = { institutionId: string; personId: string };

export const verificationRules = {
  /** Taking a certificate back: the institution that issued it, and nobody their own. */
  'certificates.revoke': {
    allow: [holdsAt('coordinator', (record: OfCertificate) => record.institutionId)],
    deny: [isPerson((record: OfCertificate) => record.personId)],
  },
} satisfies Rules;
