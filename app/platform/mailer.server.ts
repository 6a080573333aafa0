import { v7 as uuidv7 } from 'uuid';
import type { Locale } from '#db/schema/shared.ts';
import { tFor } from './i18n.server.ts';
import { renderTemplate } from './letter.server.ts';
import type { Mailers } from './mailers.server.ts';
import { unavailable } from './outcome.ts';
import { platform } from './runtime.server.ts';

/** A mail about an account. Its link may be a secret, so it is written down nowhere: no message, no job, no log. */
export type AccountMail = {
  to: string;
  locale: Locale;
  /** Words under `mail:account.<code>`. */
  code: 'verify' | 'exists' | 'reset' | 'passwordChanged' | 'twoFactorOn' | 'twoFactorOff';
  /** Whole address, link and secret included. */
  url: string;
};

/**
 * Hands a mail about an account straight to the portal's own mailer: the one exception to messages that are stored
 * first, because what is stored can be read. Tried once; whoever asked can ask again.
 *
 * @throws Refusal `mailAway` when the mailer did not take it.
 */
export async function sendAccountMail(
  mail: AccountMail,
  mailers: Mailers = platform().mailers,
): Promise<void> {
  const t = tFor(mail.locale);
  const composed = {
    subject: t(`mail:account.${mail.code}.subject`),
    body: t(`mail:account.${mail.code}.body`),
    action: t(`mail:account.${mail.code}.action`),
  };
  const fill = await renderTemplate({ composed, locale: mail.locale, href: mail.url, kind: 'account' });
  const id = uuidv7();
  const letter = {
    id,
    from: mailers.from,
    to: mail.to,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.locale },
    ...fill({ greeting: t('mail:frame.greeting'), unsubscribe: null }),
  };
  const [outcome] = (await mailers.of(null)?.send([letter], id)) ?? [];
  if (outcome?.state !== 'sent' && outcome?.state !== 'doubtful') throw unavailable('mailAway');
}
