import { useTranslation } from 'react-i18next';
import type { Refused } from '#app/platform/request.server.ts';
import { VISA_ROUTES } from '#app/travel/trip-requirement.ts';
import { Field } from '#app/ui/field.tsx';
import type { Option } from '#app/ui/select.tsx';
import { Select } from '#app/ui/select.tsx';
import { DELEGATE_ROLES, DIETS } from '#db/schema/delegations.ts';
import { fieldProps } from './field-props.ts';

/** Labels of what a delegation holds of one of its people. */
export function useDelegateLabels() {
  const { t } = useTranslation('delegations');
  return {
    role: t('person.role'),
    employer: t('person.employer'),
    position: t('person.position'),
    visaRoute: t('person.visaRoute'),
    hotelIn: t('person.hotelIn'),
    hotelOut: t('person.hotelOut'),
    roomWish: t('person.roomWish'),
    diet: t('person.diet'),
    notes: t('person.notes'),
  };
}

type Stands = Partial<Record<keyof ReturnType<typeof useDelegateLabels>, string | null>>;

/** Role, employer, visa, nights, diet: the same for somebody new and for a change. */
export function DelegateFields({
  employers,
  refused,
  stands,
}: {
  employers: readonly Option[];
  refused: Refused | undefined;
  stands?: Stands;
}) {
  const { t } = useTranslation('delegations');
  const at = fieldProps(useDelegateLabels(), refused, stands);
  return (
    <>
      <Select
        {...at('role')}
        options={DELEGATE_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        width="medium"
      />
      <Select {...at('employer')} options={employers} />
      <Field {...at('position')} hint={t('person.positionHint')} optional />
      <Select
        {...at('visaRoute')}
        options={VISA_ROUTES.map((value) => ({ value, label: t(`visaRoute.${value}`) }))}
        width="medium"
      />
      <Field {...at('hotelIn')} type="date" hint={t('person.nightsHint')} optional />
      <Field {...at('hotelOut')} type="date" optional />
      <Select
        {...at('roomWish')}
        options={(['single', 'twin'] as const).map((value) => ({ value, label: t(`roomKind.${value}`) }))}
        width="medium"
        optional
      />
      <Select
        {...at('diet')}
        options={DIETS.map((value) => ({ value, label: t(`diet.${value}`) }))}
        width="medium"
        optional
      />
      <Field {...at('notes')} maxLength={300} optional />
    </>
  );
}
