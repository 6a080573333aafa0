import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import {
  answer,
  done,
  type Refused,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { capitalised } from '../localized.ts';
import { completeDuty } from '../placements/complete-duty.ts';
import { DutyTable } from '../placements/duty-table.tsx';
import { formatMonth } from '../placements/format-month.ts';
import { NoteForm } from '../placements/note-form.tsx';
import { stayPage } from '../placements/placement-queries.ts';
import { placementRules } from '../placements/policy.ts';
import { stayCrumbs } from '../placements/stay-crumbs.ts';
import { openMonths, writeNote } from '../placements/write-note.ts';
import type { Route } from './+types/stay';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  return shown(context, async () => {
    const page = await stayPage(platform().db, actor, params.ref, state(context).now);
    const holds = (right: 'placements.hostDuty' | 'placements.ownDuty' | 'placements.note') =>
      permits(placementRules[right], actor, page.record);
    const writes = holds('placements.note') && ['stay', 'returned'].includes(page.record.state);
    return {
      page,
      duties: { host: holds('placements.hostDuty'), participant: holds('placements.ownDuty') },
      months: writes ? openMonths(page.record, page.today) : [],
      title: words(context)('placements:stay.title'),
    };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const values = typed(await sentForm(context, request));
  const { db } = platform();
  const { now } = state(context);
  const here = `/exchanges/${params.ref}/stay`;
  return answer(context, values, async () => {
    if (values.intent === 'duty') {
      const said = { code: values.duty ?? '', doneOn: values.doneOn ?? '' };
      await completeDuty(db, actor, { reference: params.ref, ...said }, now);
      return done(here, 'placements:flash.dutyDone');
    }
    await writeNote(
      db,
      actor,
      {
        reference: params.ref,
        month: values.month ?? '',
        words: values.words ?? '',
        locale: values.locale ?? '',
        revision: values.revision,
      },
      now,
    );
    return done(`${here}#notes`, 'placements:flash.noted');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.page.record.reference),
];

/** The stay while it goes on: what the law asks for after the arrival, and the participant's monthly notes. */
export default function StayPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['placements', 'exchanges', 'common']);
  const language = languageOf(i18n);
  const { page, title, months } = loaderData;
  const { record } = page;
  const refused = actionData && 'values' in actionData ? (actionData as Refused) : undefined;
  const ofDuty = refused?.values.intent === 'duty' ? refused : undefined;
  const ofNote = refused && !ofDuty ? refused : undefined;
  return (
    <>
      <PageHeader crumbs={stayCrumbs(t, record.reference, title)} title={title} lede={page.title} />
      <ErrorSummary
        errors={formErrors(refused, {
          doneOn: t('duty.doneOn'),
          words: t('note.words'),
          month: t('note.month'),
        })}
        title={refused?.refused.sentence}
      />
      <Card title={t('duty.title')} id="duties">
        {page.duties.length === 0 ? (
          <p className="note">{t(record.arrivedOn ? 'duty.none' : 'duty.notYet')}</p>
        ) : (
          <DutyTable
            page={page}
            act={(code) => {
              const duty = page.duties.find((one) => one.code === code);
              if (!duty || !loaderData.duties[duty.owner]) return null;
              const typedHere = ofDuty?.values.duty === code ? ofDuty : undefined;
              const error = fieldError(typedHere, 'doneOn');
              return (
                <PortalForm inline hidden={{ intent: 'duty', duty: code }}>
                  <Field
                    name="doneOn"
                    id={typedHere ? 'doneOn' : `doneOn-${code}`}
                    type="date"
                    label={t('duty.doneOn')}
                    value={typedHere?.values.doneOn ?? ''}
                    max={page.today}
                    {...(error ? { error } : {})}
                  />
                  <SubmitButton kind="quiet">{t('duty.markDone')}</SubmitButton>
                </PortalForm>
              );
            }}
          />
        )}
      </Card>
      <Card title={t('note.title')} id="notes" note={t('note.lede')}>
        {page.notes.length === 0 && <p className="note">{t('note.none')}</p>}
        {page.notes.map((note) => (
          <section key={note.id} className="mb-4">
            <h3>{capitalised(formatMonth(note.month, language))}</h3>
            <p className="whitespace-pre-line wrap-anywhere" lang={note.locale}>
              {note.words}
            </p>
            <p className="note">
              {page.participant}, {t(`common:languageName.${note.locale}`)}
            </p>
          </section>
        ))}
      </Card>
      {months.map((month) => (
        <NoteForm
          key={month}
          month={month}
          known={page.notes.find((one) => one.month === month)}
          refused={ofNote?.values.month === month ? ofNote : undefined}
        />
      ))}
    </>
  );
}
