import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { fieldError } from '#app/platform/form-errors.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import { answer, done, sentForm, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Radios } from '#app/ui/choices.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatDateRange } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { acceptApplication, hostSupervisors } from '../accept-application.ts';
import { askQuestion } from '../ask-question.ts';
import { lastDay } from '../completeness.ts';
import { DecisionPage } from '../decision-page.tsx';
import { declineApplication } from '../decline-application.ts';
import { inLanguage } from '../localized.ts';
import { exchangeRecord } from '../record-queries.ts';
import { showDecision } from '../show-decision.ts';
import type { Route } from './+types/answer';

export async function loader({ context, params }: Route.LoaderArgs) {
  const page = await showDecision(context, params.ref, 'answer', 'answer.title');
  const hostId = page.record.hostInstitutionId;
  const supervisors = hostId ? await hostSupervisors(platform().db, hostId) : [];
  const { locale } = state(context);
  return {
    ...page,
    supervisors: supervisors.map((one) => ({ value: one.id, label: personName(one, locale) })),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const form = await sentForm(context, request);
  const { db } = platform();
  const record = `/exchanges/${params.ref}`;
  const values = typed(form);
  return answer(context, values, async () => {
    const decision = {
      reference: params.ref,
      revision: String(form.get('revision')),
      reason: String(form.get('reason') ?? ''),
    };
    if (form.get('decision') === 'ask') {
      await askQuestion(db, actor, { ...decision, question: String(form.get('question') ?? '') }, now);
      return done(record, 'exchanges:answer.asked');
    }
    if (form.get('decision') === 'decline') {
      await declineApplication(db, actor, decision, now);
      return done(record, 'exchanges:answer.declined');
    }
    if (form.get('decision') !== 'accept') {
      // The pen is asked for before the choice is judged.
      const { holdsPen } = await exchangeRecord(db, actor, params.ref, now);
      if (!holdsPen.answer) throw forbidden();
      throw invalid('invalid', { fields: { decision: ['exchanges.decide'] } });
    }
    await acceptApplication(db, actor, { ...decision, stay: values }, now);
    return done(record, 'exchanges:answer.accepted');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.record.reference),
];

/** The host coordinator accepts, naming supervisor, laboratory and dates, or declines with a reason. */
export default function AnswerPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { record, call, home, host } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const values: Record<string, string | undefined> = refused?.values ?? wishedDates(record);
  const text = (name: string) => ({ name, value: values[name], error: fieldError(refused, name) });
  const window = { min: call.stayFrom, max: call.stayUntil };
  const wish = wishedDates(record);
  return (
    <DecisionPage
      reference={record.reference}
      title={t('answer.title')}
      name={loaderData.name}
      subject={record.title}
      who={t('answer.who', {
        institution: host ? inLanguage(host.shortName, language) : '',
        home: home ? inLanguage(home.shortName, language) : '',
      })}
      due={record.dueAt}
      answer={refused}
      over={!loaderData.may.answer}
    >
      <PortalForm hidden={{ revision: record.revision }}>
        <Radios
          name="decision"
          label={t('answer.decision')}
          value={values.decision}
          error={fieldError(refused, 'decision')}
          options={[
            { value: 'accept', label: t('answer.accept'), hint: t('answer.acceptHint') },
            { value: 'ask', label: t('answer.ask'), hint: t('answer.askHint') },
            { value: 'decline', label: t('answer.decline'), hint: t('answer.declineHint') },
          ]}
        />
        <h2 className="mt-6 mb-2">{t('answer.acceptance')}</h2>
        <Select
          {...text('hostSupervisorId')}
          label={t('answer.hostSupervisor')}
          hint={t('answer.hostSupervisorHint')}
          options={loaderData.supervisors}
          empty={t('answer.choose')}
        />
        <Field {...text('laboratory')} label={t('answer.laboratory')} maxLength={200} />
        <p className="hint">
          {t('answer.stayHint', {
            window: formatDateRange(call.stayFrom, call.stayUntil, language),
            wish: wish.stayFrom ? formatDateRange(wish.stayFrom, wish.stayUntil, language) : '—',
          })}
        </p>
        <Field {...text('stayFrom')} {...window} type="date" label={t('answer.stayFrom')} />
        <Field {...text('stayUntil')} {...window} type="date" label={t('answer.stayUntil')} />
        <h2 className="mt-6 mb-2">{t('answer.asking')}</h2>
        <TextArea
          {...text('question')}
          label={t('answer.question')}
          hint={t('answer.questionHint')}
          rows={3}
        />
        <h2 className="mt-6 mb-2">{t('answer.declining')}</h2>
        <TextArea {...text('reason')} label={t('answer.reason')} hint={t('answer.reasonHint')} rows={3} />
        <FormActions>
          <SubmitButton>{t('answer.submit')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DecisionPage>
  );
}

/** The applicant's wish, offered as the dates. */
function wishedDates(record: { wishedStart: string | null; weeks: number | null }) {
  if (!record.wishedStart || !record.weeks) return { stayFrom: '', stayUntil: '' };
  return { stayFrom: record.wishedStart, stayUntil: lastDay(record.wishedStart, record.weeks) };
}
