import { useTranslation } from 'react-i18next';
import { validate as isUuid } from 'uuid';
import { freeBed } from '#app/delegations/free-bed.ts';
import { placeDelegate } from '#app/delegations/place-delegate.ts';
import { roomsOf } from '#app/delegations/rooms-queries.ts';
import { bedForm } from '#app/delegations/schemas.ts';
import { personName } from '#app/people/person-name.ts';
import { read } from '#app/platform/forms.ts';
import { notFound } from '#app/platform/outcome.ts';
import { done, refusalResponse, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Field } from '#app/ui/field.tsx';
import { formatDateRange } from '#app/ui/format-when.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { fieldProps } from '../field-props.ts';
import { FormCard } from '../form-card.tsx';
import { FormHeader } from '../form-head.tsx';
import { showPersonForm, takePersonForm } from '../person-form.ts';
import { personPage } from '../person-page.ts';
import type { Route } from './+types/bed';

/** The address of a bed that is not given yet. */
const NEW = 'new';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { locale } = state(context);
  const { found, of } = await showPersonForm(context, params, 'arrange');
  const stay = found.one.stays.find((one) => one.id === params.stay);
  if (!stay && params.stay !== NEW) throw refusalResponse(context, notFound());
  const t = words(context);
  const rooms = await roomsOf(platform().db, found.delegation.id);
  const { hotelIn, hotelOut, roomWish } = found.one;
  return {
    title: stay ? t('delegations:bed.editTitle') : t('delegations:bed.addTitle'),
    of,
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

export async function action(args: Route.ActionArgs) {
  const { params } = args;
  return takePersonForm(args, 'arrange', async ({ actor, form, where, revision, page }) => {
    const { db } = platform();
    const stayId = params.stay === NEW ? null : params.stay;
    if (stayId !== null && !isUuid(stayId)) throw notFound();
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
  const { t } = useTranslation('delegations');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const { of, known } = loaderData;
  const labels = { room: t('rooms.room'), from: t('papers.column.checkIn'), to: t('papers.column.checkOut') };
  const at = fieldProps(labels, refused, loaderData.stands);
  const fresh = (['single', 'twin'] as const).map((value) => ({ value, label: t(`bed.new.${value}`) }));
  return (
    <>
      <FormHeader of={of} title={loaderData.title} lede={t('bed.lede')} />
      <FormCard refused={refused} labels={labels} version={of.revision} back={personPage(of)}>
        <Select {...at('room')} options={[...fresh, ...loaderData.rooms]} empty={false} />
        <Field {...at('from')} type="date" />
        <Field {...at('to')} type="date" />
      </FormCard>
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
