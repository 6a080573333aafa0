import { useTranslation } from 'react-i18next';
import { validate as isUuid } from 'uuid';
import { removeLeg } from '#app/delegations/remove-leg.ts';
import { saveLeg } from '#app/delegations/save-leg.ts';
import { legForm } from '#app/delegations/schemas.ts';
import { read } from '#app/platform/forms.ts';
import { notFound } from '#app/platform/outcome.ts';
import { done, refusalResponse, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { AIRPORT_CODES, airportOf } from '#app/travel/known-airports.ts';
import { Card } from '#app/ui/card.tsx';
import { Field } from '#app/ui/field.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { fieldProps } from '../field-props.ts';
import { FormCard } from '../form-card.tsx';
import { FormHeader } from '../form-head.tsx';
import { showPersonForm, takePersonForm } from '../person-form.ts';
import { personPage } from '../person-page.ts';
import type { Route } from './+types/leg';

/** The address of a leg that is not there yet. */
const NEW = 'new';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { locale } = state(context);
  const { found, of } = await showPersonForm(context, params, 'arrange');
  const leg = found.one.file.legs.find((one) => one.id === params.leg);
  if (!leg && params.leg !== NEW) throw refusalResponse(context, notFound());
  const t = words(context);
  return {
    title: leg ? t('delegations:leg.editTitle') : t('delegations:leg.addTitle'),
    of,
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

export async function action(args: Route.ActionArgs) {
  const { params } = args;
  return takePersonForm(args, 'arrange', async ({ actor, form, where, revision, page }) => {
    const { db } = platform();
    const legId = params.leg === NEW ? null : params.leg;
    if (legId !== null && !isUuid(legId)) throw notFound();
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
  const { t } = useTranslation('delegations');
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
      <FormCard refused={refused} labels={labels} version={of.revision} back={personPage(of)}>
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
      </FormCard>
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
