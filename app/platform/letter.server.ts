import { createElement } from 'react';
import { LOCALES, type Locale } from '#db/schema/shared.ts';
import { tFor } from './i18n.server.ts';
import type { Letter } from './mailer.ts';
import type { Composed } from './messages.ts';

/** A person as a letter addresses them. */
export type Reader = {
  locale: Locale;
  givenName: string | null;
  familyName: string | null;
  givenNameRu: string | null;
  familyNameRu: string | null;
  patronymicRu: string | null;
  sex: 'f' | 'm' | null;
};

export type Frame = {
  composed: Composed;
  locale: Locale;
  href: string | null;
  kind: 'own' | 'topic' | 'account';
};

/** A letter that lacks only its reader: the layout is rendered once for all who get the same words. */
export type Template = (reader: {
  greeting: string;
  unsubscribe: string | null;
}) => Pick<Letter, 'subject' | 'html' | 'text'>;

// What stands in the rendered layout until the reader is known; in Unicode's private range, so nobody types it.
const GREETING = '\uE000greeting\uE001';
const UNSUBSCRIBE = '\uE000unsubscribe\uE001';

/** Renders a message in the one layout, HTML and text. The mail library is loaded with the first mail. */
export async function renderTemplate(frame: Frame): Promise<Template> {
  const [{ render }, { Message }] = await Promise.all([import('react-email'), import('#emails/message.tsx')]);
  const { composed, locale } = frame;
  const t = tFor(locale);
  const why = t(
    `mail:frame.${frame.kind === 'own' ? 'why' : frame.kind === 'topic' ? 'whyTopic' : 'whyAccount'}`,
  );
  const paragraphs = composed.body.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
  const action = frame.href && {
    label: composed.action ?? t('mail:frame.open'),
    href: frame.href,
    below: t('mail:frame.linkBelow'),
  };
  const notes = [
    why,
    t('mail:frame.noReply'),
    ...(frame.kind === 'account' ? [] : [t('mail:frame.language')]),
  ];
  const other = LOCALES.find((one) => one !== locale) ?? locale;
  const html = await render(
    createElement(Message, {
      lang: locale,
      partners: [t('mail:frame.partners'), tFor(other)('mail:frame.partners')],
      subject: composed.subject,
      greeting: GREETING,
      paragraphs,
      action: action || null,
      signature: t('mail:frame.signature'),
      notes,
      unsubscribe: frame.kind === 'topic' ? { label: t('mail:frame.unsubscribe'), href: UNSUBSCRIBE } : null,
    }),
  );
  const text = [
    GREETING,
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.href}`] : []),
    `--\n${t('mail:frame.signature')}`,
    notes.join('\n'),
    ...(frame.kind === 'topic' ? [`${t('mail:frame.unsubscribe')}:\n${UNSUBSCRIBE}`] : []),
  ].join('\n\n');
  const subject = composed.subject.replace(/\s+/g, ' ').trim();
  return ({ greeting, unsubscribe }) => {
    const fill = (from: string, guard: (value: string) => string) =>
      from
        .replaceAll(GREETING, () => guard(greeting))
        .replaceAll(UNSUBSCRIBE, () => guard(unsubscribe ?? ''));
    return { subject, html: fill(html, escapeHtml), text: fill(text, (value) => value) };
  };
}

/**
 * “Dear Deepika Kumari,”; in Russian «Уважаемая Ольга Игоревна!» by given name and patronymic, and where there is no
 * patronymic «Уважаемая г-жа Кумари!». GLOSSARY, “How we write Russian”.
 */
export function greetingFor(reader: Reader): string {
  const t = tFor(reader.locale);
  const { familyNameRu, patronymicRu, sex } = reader;
  if (reader.locale === 'ru' && familyNameRu && !patronymicRu && sex) {
    return t('mail:frame.greetingFamily', { name: familyNameRu, context: sex });
  }
  const latin = [reader.givenName, reader.familyName].filter(Boolean).join(' ');
  const cyrillic = [reader.givenNameRu, reader.patronymicRu ?? reader.familyNameRu].filter(Boolean).join(' ');
  const name = reader.locale === 'ru' ? cyrillic || latin : latin || cyrillic;
  if (!name) return t('mail:frame.greeting');
  return t('mail:frame.greetingNamed', { name, context: reader.sex ?? undefined });
}

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
