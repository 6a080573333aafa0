import nodemailer from 'nodemailer';
import type { HandOver, Letter, Mailer } from './mailer.ts';

/**
 * SMTP knows no idempotency: a connection lost after the text was given leaves nobody the wiser. So each letter goes
 * alone, and one whose fate is unknown is `doubtful` and never tried again by itself.
 */
export function smtpMailer(url: string): Mailer {
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 2,
    // By itself the pool gives a letter again whose connection closed, which may be a second copy.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Each letter gets its own error; one that nobody waits for must not end the process.
  transport.on('error', () => {});
  /** Letters whose text the other server has begun to take: the library asks for it after the answer to DATA. */
  const given = new Set<string>();
  transport.use('stream', (mail, done) => {
    const { message } = mail;
    const open = message.createReadStream.bind(message);
    message.createReadStream = (options) => {
      const text = open(options);
      const pipe = text.pipe.bind(text);
      text.pipe = (...to) => {
        given.add(message.messageId());
        return pipe(...to);
      };
      return text;
    };
    done();
  });
  return {
    kind: 'smtp',
    promise: 'at-most-once',
    batchSize: 1,
    async send(letters) {
      const outcomes: HandOver[] = [];
      for (const letter of letters) outcomes.push(await sendOne(letter));
      return outcomes;
    },
    close: () => transport.close(),
  };

  async function sendOne(letter: Letter): Promise<HandOver> {
    const domain = /@([^>\s]+)>?$/.exec(letter.from)?.[1] ?? 'localhost';
    const messageId = `<${letter.id}@${domain}>`;
    try {
      const { from, to, subject, html, text, headers } = letter;
      await transport.sendMail({ from, to, subject, html, text, headers, messageId });
      return { state: 'sent', providerId: messageId };
    } catch (error) {
      return judgeSmtpError(error, given.has(messageId));
    } finally {
      given.delete(messageId);
    }
  }
}

/** Whether a letter was certainly refused, certainly not taken, or nobody knows. */
export function judgeSmtpError(error: unknown, textGiven: boolean): HandOver {
  const { code, responseCode = 0 } = (error ?? {}) as { code?: string; responseCode?: number };
  // An answer is knowledge (RFC 5321, 4.2.1). One of 500 and more to the envelope or the text refuses this letter for
  // good; to anything else, such as the password, it says nothing about the letter.
  const aboutLetter = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (responseCode >= 500 && aboutLetter) return { state: 'failed', problem: `smtp-${responseCode}` };
  if (responseCode >= 400) return { state: 'later', problem: `smtp-${responseCode}` };
  if (textGiven) return { state: 'doubtful', problem: 'smtp-interrupted' };
  return { state: 'later', problem: `smtp-${(code ?? 'unknown').toLowerCase()}` };
}
