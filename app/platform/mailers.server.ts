import type { Config, MailTransport } from './config.ts';
import type { Mailer } from './mailer.ts';
import { mailboxMailer } from './mailer-mailbox.server.ts';
import { resendMailer } from './mailer-resend.server.ts';
import { smtpMailer } from './mailer-smtp.server.ts';

export type MailConfig = Pick<Config, 'appUrl' | 'dataDir' | 'authSecret' | 'mail'>;

/** The transports of this portal: its own, and those that institutions ask for. */
export type Mailers = {
  /** Whose letters these are: the portal's address in the reader's mail program. */
  from: string;
  /**
   * The mailer of an institution, null when the one it asks for is not set up: its policy may forbid any other, so
   * nothing else carries its mail. Only a portal with a mailbox, which sends nothing anywhere, keeps all in it.
   */
  of(transport: MailTransport | null): Mailer | null;
  close(): void;
};

/** The mailers of a configuration, each made at its first letter. */
export function openMailers(config: MailConfig): Mailers {
  const { mail } = config;
  const made = new Map<MailTransport, Mailer>();
  const make: Record<MailTransport, () => Mailer | null> = {
    mailbox: () => (mail.transport === 'mailbox' ? mailboxMailer(config.dataDir) : null),
    smtp: () => (mail.smtpUrl ? smtpMailer(mail.smtpUrl) : null),
    resend: () => (mail.resendApiKey ? resendMailer(mail.resendApiKey, mail.resendBaseUrl) : null),
  };
  const get = (kind: MailTransport) => {
    const mailer = made.get(kind) ?? make[kind]();
    if (mailer) made.set(kind, mailer);
    return mailer;
  };
  return {
    from: `Setu–Most <portal@${new URL(config.appUrl).hostname}>`,
    of: (transport) =>
      get(transport ?? mail.transport) ?? (mail.transport === 'mailbox' ? get('mailbox') : null),
    close() {
      for (const mailer of made.values()) mailer.close();
      made.clear();
    },
  };
}
