import { useTranslation } from 'react-i18next';
import { validate as isUuid } from 'uuid';
import { fileForForm, headOf } from '#app/delegations/arranged-queries.ts';
import { freeBed } from '#app/delegations/free-bed.ts';
import { placeDelegate } from '#app/delegations/place-delegate.ts';
import { roomsOf } from '#app/delegations/rooms-queries.ts';
import { bedForm } from '#app/delegations/schemas.ts';
import { personName } from '#app/people/person-name.ts';
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
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatDateRange } from '#app/ui/format-when.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { fieldProps } from '../field-props.ts';
import { FormHeader } from '../form-head.tsx';
import type { Route } from './+types/bed';

/** The address of a bed that is not given yet. */
const NEW = 'new';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const { db } = platform();
  const where = { reference: params.ref, delegateId: params.id };
  const { found, stay } = await shown(context, async () => {
    const file = await fileForForm(db, actor, where, 'arrange');
    const known = file.one.stays.find((one) => one.id === params.stay);
    if (!known && params.stay !== NEW) throw notFound();
    return { found: file, stay: known };
  });
  const t = words(context);
  const rooms = await roomsOf(db, found.delegation.id);
  const { hotelIn, hotelOut, roomWish } = found.one;
  return {
    title: stay ? t('delegations:bed.editTitle') : t('delegations:bed.addTitle'),
    of: headOf(found, locale),
    known: stay !== undefined,
    stands: stay
      ? { room: stay.roomId, from: stay.from, to: stay.to }
      : { room: roomWish ?? 'single', from: hotelIn ?? '', to: hotelOut ?? '' },
    rooms: rooms.map(({ id, number, kind, guests }) => ({
      value: id,
      label: [
        t('delegations:bed.room', { number }),
        ...guests.map(
          (guest) => `${personName(guest, locale)}, ${formatDateRange(guest.from, guest.to, locale)}`,
        ),
        t(`delegations:roomKind.${kind}`),
      ].join(' · '),
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
    const stayId = params.stay === NEW ? null : params.stay;
    if (stayId !== null && !isUuid(stayId)) throw notFound();
    const revision = String(form.get('version') ?? '');
    const page = `/delegations/${params.ref}/people/${params.id}`;
    if (stayId !== null && form.get('intent') === 'free') {
      await freeBed(db, actor, { ...where, stayId, revision });
      return done(page, 'delegations:bed.freed');
    }
    await placeDelegate(db, actor, { ...where, stayId, revision, ...read(bedForm, form) });
    return done(page, stayId === null ? 'delegations:bed.given' : 'delegations:bed.changed');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** A bed for some nights: a new room, or beside somebody who agreed. */
export default function BedPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['delegations', 'common']);
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const { of, known } = loaderData;
  const labels = { room: t('rooms.room'), from: t('papers.column.checkIn'), to: t('papers.column.checkOut') };
  const at = fieldProps(labels, refused, loaderData.stands);
  const fresh = (['single', 'twin'] as const).map((value) => ({ value, label: t(`bed.new.${value}`) }));
  return (
    <>
      <FormHeader of={of} title={loaderData.title} lede={t('bed.lede')} />
      <ErrorSummary errors={formErrors(refused, labels)} />
      <Card>
        <PortalForm hidden={{ version: of.revision }}>
          <Select {...at('room')} options={[...fresh, ...loaderData.rooms]} empty={false} />
          <Field {...at('from')} type="date" />
          <Field {...at('to')} type="date" />
          <FormActions>
            <SubmitButton>{t('common:button.save')}</SubmitButton>
            <a className="btn quiet" href={`/delegations/${of.reference}/people/${of.id}`}>
              {t('common:button.cancel')}
            </a>
          </FormActions>
        </PortalForm>
      </Card>
      {known && (
        <Card title={t('bed.freeTitle')}>
          <PortalForm hidden={{ version: of.revision, intent: 'free' }}>
            <p className="note">{t('bed.freeHint')}</p>
            <SubmitButton kind="stop">{t('bed.free')}</SubmitButton>
          </PortalForm>
        </Card>
      )}
    </>
  );
}
