import { useTranslation } from 'react-i18next';
import { validate as isUuid } from 'uuid';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { invalid } from '#app/platform/outcome.ts';
import { receiveForm } from '#app/platform/receive-form.server.ts';
import { answer, done, shown, signedIn, state, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FileInput } from '#app/ui/file-input.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatDateRange } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { enrolPerson } from '../enrol-person.ts';
import { FreeSeats } from '../free-seats.tsx';
import { runForReader, sponsorChoices } from '../run-queries.ts';
import { EVIDENCE_FILE_MAX } from '../schemas.ts';
import type { Route } from './+types/enrol';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now, locale } = state(context);
  const { db } = platform();
  const view = await shown(context, () => runForReader(db, actor, params.ref, now));
  const sponsors = actor.side ? [] : await sponsorChoices(db);
  const standing = ['requested', 'waiting', 'offered', 'confirmed'];
  return {
    ...view,
    possible: view.stage === 'open' && !(view.own && standing.includes(view.own.state)),
    sponsors: sponsors.map(({ id, name }) => ({ value: id, label: name[locale] })),
    title: words(context)('training:enrol.title'),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const values: Record<string, string> = {};
  return answer(context, values, async () => {
    const received = await receiveForm(request, {
      accept: ['pdf'],
      maxFileBytes: EVIDENCE_FILE_MAX,
      maxFiles: 1,
    });
    Object.assign(values, typed(received.form));
    try {
      if (Object.keys(received.problems).length > 0) throw invalid('invalid', { fields: received.problems });
      const input = {
        reference: params.ref,
        sponsorId: isUuid(values.sponsor) ? values.sponsor : null,
        evidence: values.evidence ?? '',
        file: received.files[0] ?? null,
      };
      await enrolPerson(platform().db, actor, input, now);
    } catch (error) {
      await received.discard();
      throw error;
    }
    return done(`/training/runs/${params.ref}`, 'training:flash.enrolled');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Enrolling: one button where nothing has to be agreed, else the sponsor and what is known already. */
export default function Enrol({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  const { run, missing, sponsors, free } = page;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const back = `/training/runs/${run.reference}`;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('home.title'), href: '/training' },
          { label: run.reference, href: back },
          { label: page.title },
        ]}
        title={page.title}
        lede={t('enrol.lede', {
          course: run.course.title[language],
          dates: formatDateRange(run.startsOn, run.endsOn, language),
        })}
      />
      <ErrorSummary errors={formErrors(refused)} />
      <Card>
        {page.possible || refused ? (
          <>
            <p>
              <FreeSeats free={free} />
            </p>
            <p className="note">{t('enrol.how')}</p>
            <PortalForm encType="multipart/form-data">
              {sponsors.length > 0 && (
                <Select
                  name="sponsor"
                  label={t('enrol.sponsor')}
                  hint={t('enrol.sponsorHint')}
                  options={sponsors}
                  value={refused?.values.sponsor ?? ''}
                  error={fieldError(refused, 'sponsor')}
                />
              )}
              {missing.length > 0 && (
                <>
                  <p>
                    {t('enrol.missing', { courses: missing.map(({ title }) => title[language]).join('; ') })}
                  </p>
                  <TextArea
                    name="evidence"
                    label={t('enrol.evidence')}
                    hint={t('enrol.evidenceHint')}
                    value={refused?.values.evidence ?? ''}
                    error={fieldError(refused, 'evidence')}
                    rows={4}
                  />
                  <FileInput
                    name="file"
                    label={t('enrol.file')}
                    accept=".pdf"
                    maxBytes={EVIDENCE_FILE_MAX}
                    error={fieldError(refused, 'file')}
                    optional
                  />
                </>
              )}
              <FormActions>
                <SubmitButton>{t('enrol.submit')}</SubmitButton>
              </FormActions>
            </PortalForm>
          </>
        ) : (
          <EmptyState
            title={t('enrol.closed')}
            action={<ButtonLink href={back}>{t('enrol.back')}</ButtonLink>}
          >
            {t('enrol.closedText')}
          </EmptyState>
        )}
      </Card>
    </>
  );
}
