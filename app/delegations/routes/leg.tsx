import { useTranslation } from 'react-i18next';
import { validate as isUuid } from 'uuid';
import { fileForForm, headOf } from '#app/delegations/arranged-queries.ts';
import { removeLeg } from '#app/delegations/remove-leg.ts';
import { saveLeg } from '#app/delegations/save-leg.ts';
import { legForm } from '#app/delegations/schemas.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import { notFound } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { AIRPORT_CODES, airportOf } from '#app/travel/known-airports.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { fieldProps } from '../field-props.ts';
import { FormHeader } from '../form-head.tsx';
import type { Route } from './+types/leg';

/** The address of a leg that is not there yet. */
const NEW = 'new';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const where = { reference: params.ref, delegateId: params.id };
  const { found, leg } = await shown(context, async () => {
    const file = await fileForForm(platform().db, actor, where, 'arrange');
    const known = file.one.file.legs.find((one) => one.id === params.leg);
    if (!known && params.leg !== NEW) throw notFound();
    return { found: file, leg: known };
  });
  const t = words(context);
  return {
    title: leg ? t('delegations:leg.editTitle') : t('delegations:leg.addTitle'),
    of: headOf(found, locale),
    known: leg !== undefined,
    stands: leg && {
      direction: leg.direction,
      carrier: leg.carrier,
      from: leg.fromCode,
      to: leg.toCode,
      departs: leg.departsLocal.replace(' ', 'T'),
      arrives: leg.arrivesLocal.replace(' ', 'T'),
    },
    airports: AIRPORT_CODES.map((value) => ({
      value,
      label: `${airportOf(value)?.city[locale] ?? ''} (${value})`,
    })),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const { db } = platform();
    const where = { reference: params.ref, delegateId: params.id };
    await fileForForm(db, actor, where, 'arrange');
    const legId = params.leg === NEW ? null : params.leg;
    if (legId !== null && !isUuid(legId)) throw notFound();
    const revision = String(form.get('version') ?? '');
    const page = `/delegations/${params.ref}/people/${params.id}`;
    if (legId !== null && form.get('intent') === 'remove') {
      await removeLeg(db, actor, { ...where, legId, revision });
      return done(page, 'delegations:leg.removed');
    }
    await saveLeg(db, actor, { ...where, legId, revision, leg: read(legForm, form) });
    return done(page, legId === null ? 'delegations:leg.added' : 'delegations:leg.changed');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** One leg of a journey, by the clocks of its places. */
export default function LegPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['delegations', 'common']);
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const { of, known, airports } = loaderData;
  const labels = {
    direction: t('leg.direction'),
    carrier: t('leg.carrier'),
    from: t('leg.from'),
    to: t('leg.to'),
    departs: t('leg.departs'),
    arrives: t('leg.arrives'),
  };
  const at = fieldProps(labels, refused, loaderData.stands);
  return (
    <>
      <FormHeader of={of} title={loaderData.title} lede={t('leg.lede')} />
      <ErrorSummary errors={formErrors(refused, labels)} />
      <Card>
        <PortalForm hidden={{ version: of.revision }}>
          <Select
            {...at('direction')}
            options={(['out', 'back'] as const).map((value) => ({ value, label: t(`leg.way.${value}`) }))}
            width="medium"
          />
          <Field {...at('carrier')} width="short" maxLength={40} spellCheck={false} optional />
          <Select {...at('from')} options={airports} width="medium" />
          <Field {...at('departs')} type="datetime-local" width="medium" hint={t('leg.departsHint')} />
          <Select {...at('to')} options={airports} width="medium" />
          <Field {...at('arrives')} type="datetime-local" width="medium" hint={t('leg.arrivesHint')} />
          <FormActions>
            <SubmitButton>{t('common:button.save')}</SubmitButton>
            <a className="btn quiet" href={`/delegations/${of.reference}/people/${of.id}`}>
              {t('common:button.cancel')}
            </a>
          </FormActions>
        </PortalForm>
      </Card>
      {known && (
        <Card title={t('leg.removeTitle')}>
          <PortalForm hidden={{ version: of.revision, intent: 'remove' }}>
            <p className="note">{t('leg.removeHint')}</p>
            <SubmitButton kind="stop">{t('leg.remove')}</SubmitButton>
          </PortalForm>
        </Card>
      )}
    </>
  );
}
