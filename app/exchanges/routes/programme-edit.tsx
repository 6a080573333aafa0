import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { bothLabels, fieldError, formErrors } from '#app/platform/form-errors.ts';
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
import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { layProgramme } from '../placements/lay-programme.ts';
import { nameSupervisor, supervisorChoices } from '../placements/name-supervisor.ts';
import { stayPage } from '../placements/placement-queries.ts';
import { placementRules } from '../placements/policy.ts';
import { draftOf, weeksOf } from '../placements/programme-content.ts';
import { CostFields, TaskFields } from '../placements/programme-fields.tsx';
import { programmeOf, programmeValues } from '../placements/programme-form.ts';
import { RefusalNote } from '../placements/refusal-note.tsx';
import { saveProgramme } from '../placements/save-programme.ts';
import { stayCrumbs } from '../placements/stay-crumbs.ts';
import { PROGRAMME_OPEN } from '../placements/workflow.ts';
import type { Route } from './+types/programme-edit';

/** Empty rows offered below the tasks that are there. */
const SPARE_ROWS = 3;

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now, locale } = state(context);
  const { db } = platform();
  return shown(context, async () => {
    const page = await stayPage(db, actor, params.ref, now);
    const draft = draftOf({ ...page.record, programme: page.draft });
    const names = permits(placementRules['placements.nameSupervisor'], actor, page.record);
    return {
      page,
      values: programmeValues(draft),
      rows: draft.tasks.length + SPARE_ROWS,
      weeks: weeksOf(draft),
      supervisors: names ? await supervisorChoices(db, page.record, locale) : [],
      title: words(context)(
        page.inForce ? 'placements:programme.amendTitle' : 'placements:programme.writeTitle',
      ),
    };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const values = typed(form);
  const { db } = platform();
  const here = `/exchanges/${params.ref}/programme`;
  return answer(context, values, async () => {
    const common = { reference: params.ref, revision: values.revision ?? '' };
    if (values.intent === 'supervisor') {
      await nameSupervisor(db, actor, { ...common, supervisorId: values.supervisorId ?? '' });
      return done(`${here}/edit`, 'placements:flash.supervisorNamed');
    }
    const input = { ...common, programme: programmeOf(values) };
    if (values.intent === 'lay') {
      await layProgramme(db, actor, { ...input, reason: values.reason });
      return done(`${here}/signature`, 'placements:flash.laid');
    }
    await saveProgramme(db, actor, input);
    return done(`${here}/edit`, 'placements:flash.saved');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.page.record.reference),
];

/** The work programme is written by all four who will sign it; laid before them it becomes a version. */
export default function ProgrammeEdit({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['placements', 'exchanges', 'common']);
  const { page, title, weeks } = loaderData;
  const { record } = page;
  const refused = actionData && 'values' in actionData ? (actionData as Refused) : undefined;
  const values = refused && refused.values.intent !== 'supervisor' ? refused.values : loaderData.values;
  const languages = { en: t('common:form.inLanguage.en'), ru: t('common:form.inLanguage.ru') };
  const last = page.programmes.at(-1);
  const at = (name: string) => {
    const error = fieldError(refused, name);
    return { name, value: values[name] ?? '', ...(error ? { error } : {}) };
  };
  const pair = (name: string) => {
    const [en, ru] = [fieldError(refused, `${name}.en`), fieldError(refused, `${name}.ru`)];
    return {
      name,
      value: { en: values[`${name}.en`] ?? '', ru: values[`${name}.ru`] ?? '' },
      error: { ...(en ? { en } : {}), ...(ru ? { ru } : {}) },
    };
  };
  const open = PROGRAMME_OPEN.includes(record.state);
  return (
    <>
      <PageHeader
        crumbs={stayCrumbs(t, record.reference, title)}
        title={title}
        lede={t(page.inForce ? 'programme.amendLede' : 'programme.writeLede')}
      />
      <ErrorSummary
        errors={formErrors(refused, {
          ...bothLabels('objectives', t('programme.objectives'), languages),
          ...bothLabels('outputs', t('programme.outputs'), languages),
          safety: t('programme.safety'),
          insurance: t('programme.insurance'),
          reason: t('programme.reason'),
        })}
        title={refused?.refused.sentence}
      />
      {last?.refusal && (
        <Card tone="stop" title={t('refusal.title')}>
          <RefusalNote laid={last} />
        </Card>
      )}
      {loaderData.supervisors.length > 0 && open && (
        <Card
          title={t('programme.supervisor')}
          {...(record.hostSupervisorId ? {} : { tone: 'act' as const })}
        >
          <p>{record.hostSupervisorId ? page.supervisor : t('programme.supervisorMissing')}</p>
          <PortalForm hidden={{ intent: 'supervisor', revision: record.revision }} inline>
            <Select
              {...at('supervisorId')}
              value={record.hostSupervisorId ?? ''}
              label={t('programme.supervisorChoose')}
              options={loaderData.supervisors}
              width="medium"
            />
            <SubmitButton kind="quiet">{t('programme.supervisorName')}</SubmitButton>
          </PortalForm>
        </Card>
      )}
      {!open && !refused ? (
        <Card tone="risk">
          <p>{t('programme.closed')}</p>
        </Card>
      ) : (
        <PortalForm hidden={{ revision: refused ? values.revision : record.revision }}>
          <Card title={t('programme.what')}>
            {record.arrivedOn === null ? (
              <>
                <Field {...at('startsOn')} type="date" label={t('programme.startsOn')} />
                <Field {...at('endsOn')} type="date" label={t('programme.endsOn')} />
              </>
            ) : (
              <p className="note">{t('programme.datesFixed')}</p>
            )}
            <BilingualField {...pair('objectives')} label={t('programme.objectives')} rows={5} />
            <BilingualField
              {...pair('outputs')}
              label={t('programme.outputs')}
              hint={t('programme.outputsHint')}
              rows={4}
            />
          </Card>
          <Card title={t('programme.tasks')}>
            <p className="note">{t('programme.tasksHint', { count: weeks })}</p>
            <TaskFields rows={loaderData.rows} values={values} refused={refused} />
          </Card>
          <Card title={t('programme.needs')}>
            <TextArea {...at('equipment')} label={t('programme.equipment')} rows={3} optional />
            <TextArea
              {...at('siteAccess')}
              label={t('programme.siteAccess')}
              hint={t('programme.siteAccessHint')}
              rows={3}
              optional
            />
            <TextArea
              {...at('safety')}
              label={t('programme.safety')}
              hint={t('programme.safetyHint')}
              rows={3}
            />
            <TextArea
              {...at('insurance')}
              label={t('programme.insurance')}
              hint={t('programme.insuranceHint')}
              rows={3}
            />
          </Card>
          <Card title={t('programme.costs')}>
            <p className="note">{t('programme.costsHint')}</p>
            <CostFields values={values} refused={refused} />
          </Card>
          <Card tone="act">
            {page.inForce ? (
              <TextArea
                {...at('reason')}
                label={t('programme.reason')}
                hint={t('programme.reasonHint')}
                rows={3}
              />
            ) : null}
            {page.pending && <p className="why">{t('programme.voids')}</p>}
            <FormActions>
              <SubmitButton name="intent" value="lay">
                {t('programme.lay')}
              </SubmitButton>
              <SubmitButton kind="quiet" name="intent" value="save">
                {t('programme.save')}
              </SubmitButton>
            </FormActions>
            <p className="note">{t('programme.layNote')}</p>
          </Card>
        </PortalForm>
      )}
    </>
  );
}
