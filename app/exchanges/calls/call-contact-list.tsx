import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { languageOf } from '#app/ui/language.ts';
import { MailAddress } from '#app/ui/mail-address.tsx';
import { inLanguage } from '../localized.ts';
import type { Contact } from './call-contacts.ts';

/** Whom an applicant writes to: coordinators of their own side, each with a mail address. */
export function CallContacts({ contacts }: { contacts: readonly Contact[] }) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  if (contacts.length === 0) return null;
  return (
    <>
      <p>{t('call.writeTo')}</p>
      <ul className="list-disc pl-5">
        {contacts.map((contact) => (
          <li key={contact.id}>
            {personName(contact, language)}
            {', '}
            {inLanguage(contact.institution, language)}
            {': '}
            {contact.email && (
              <a href={`mailto:${contact.email}`}>
                <MailAddress address={contact.email} />
              </a>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
