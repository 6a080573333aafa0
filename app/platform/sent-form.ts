import { invalid } from './outcome.ts';

/** What comes here is proved by what it says: JSON of programs, the one click of a mail program. */
const NOT_FOR_FORMS = /^\/(api\/auth|webhooks|u)\//;
const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data\s*;.*boundary=)/i;

/**
 * Refuses what claims to be sent by a form and is none: no action has to reckon with it.
 *
 * @throws Refusal `invalid`
 */
export function checkSentForm(request: Request): void {
  if (request.method !== 'POST' || NOT_FOR_FORMS.test(new URL(request.url).pathname)) return;
  if (!FORM.test(request.headers.get('Content-Type') ?? '')) throw invalid('files.interrupted');
}
