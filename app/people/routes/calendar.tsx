import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { addCalendarDay } from '#app/people/add-calendar-day.ts';
import { calendarDaysOf } from '#app/people/calendar-day-queries.ts';
import { peopleRules } from '#app/people/policy.ts';
import { removeCalendarDay } from '#app/people/remove-calendar-day.ts';
import {
  CALENDAR_YEARS,
  calendarDayForm,
  calendarFilter,
  removeDayForm,
} from '#app/people/schemas-calendar.ts';
import { bothLabels, fieldError, formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import { forbidden } from '#app/platform/outcome.ts';
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
import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { Radios } from '#app/ui/choices.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { calendarDateOf, formatDate } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Route } from './+types/calendar';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { url, now } = state(context);
  return shown(context, async () => {
    if (!permits(peopleRules['people.list'], actor, null)) throw forbidden();
    const asked = calendarFilter.parse(Object.fromEntries(url.searchParams));
    const side = asked.side ?? actor.side ?? 'in';
    const year = asked.year ?? Number(calendarDateOf(now, side).slice(0, 4));
    return {
      side,
      year,
      days: await calendarDaysOf(platform().db, side, year),
      mayChange: permits(peopleRules['people.calendar'], actor, { side }),
      title: words(context)('people:calendar.title'),
    };
  });
}

export async function action({ request, context }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { db } = platform();
  const { url } = state(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const here = `/people/calendar${url.search}`;
    const asked = calendarFilter.parse(Object.fromEntries(url.searchParams));
    const side = asked.side ?? actor.side;
    // The pen is asked for before what was typed is judged.
    if (!side || !permits(peopleRules['people.calendar'], actor, { side })) {
      throw forbidden('people.calendarNotYours');
    }
    if (form.has('remove')) {
      await removeCalendarDay(db, actor, read(removeDayForm, form).remove);
      return done(here, 'people:calendar.removed');
    }
    const day = read(calendarDayForm, form);
    await addCalendarDay(db, actor, { ...day, side });
    return done(`/people/calendar?side=${side}&year=${day.day.slice(0, 4)}`, 'people:calendar.added');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** The days on which a side rests or works against the week: deadlines in working days are counted by them. */
export default function CalendarPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['people', 'common']);
  const language = languageOf(i18n);
  const { side, year, days, mayChange } = loaderData;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const other = side === 'in' ? 'ru' : 'in';
  const text = (name: string) => ({ name, value: refused?.values[name], error: fieldError(refused, name) });
  const weekday = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'ru-RU', {
    weekday: 'long',
    timeZone: 'UTC',
  });
  const languages = { en: t('common:form.inLanguage.en'), ru: t('common:form.inLanguage.ru') };
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), href: '/people' }, { label: t('calendar.title') }]}
        title={t('calendar.of', { side: t(`calendar.side.${side}`), year })}
        lede={t('calendar.lede')}
      />
      <ErrorSummary
        title={refused?.refused.sentence}
        errors={formErrors(refused, {
          day: t('calendar.day'),
          kind: t('calendar.kind'),
          source: t('calendar.source'),
          ...bothLabels('name', t('calendar.name'), languages),
        })}
      />
      <nav className="actions mb-4" aria-label={t('calendar.choose')}>
        {year > CALENDAR_YEARS.first && (
          <a href={`/people/calendar?side=${side}&year=${year - 1}`}>{year - 1}</a>
        )}
        {year < CALENDAR_YEARS.last && (
          <a href={`/people/calendar?side=${side}&year=${year + 1}`}>{year + 1}</a>
        )}
        <a href={`/people/calendar?side=${other}&year=${year}`}>
          {t('calendar.other', { side: t(`calendar.side.${other}`) })}
        </a>
      </nav>
      <Card title={t('calendar.days')} id="days">
        <DataTable
          caption={t('calendar.days')}
          rows={days}
          rowKey={(row) => row.id}
          empty={<EmptyState title={t('calendar.empty')}>{t('calendar.emptyText')}</EmptyState>}
          columns={[
            {
              key: 'day',
              head: t('calendar.day'),
              cell: (row) => (
                <>
                  {formatDate(row.day, language)}
                  <span className="note block">{weekday.format(new Date(`${row.day}T00:00:00Z`))}</span>
                </>
              ),
            },
            {
              key: 'kind',
              head: t('calendar.kind'),
              cell: (row) => (
                <Chip tone={row.kind === 'holiday' ? 'idle' : 'risk'}>{t(`calendar.kinds.${row.kind}`)}</Chip>
              ),
            },
            {
              key: 'name',
              head: t('calendar.name'),
              cell: (row) => (
                <>
                  {row.name[language]}
                  <span className="note block" lang={language === 'en' ? 'ru' : 'en'}>
                    {row.name[language === 'en' ? 'ru' : 'en']}
                  </span>
                  <details className="note">
                    <summary>{t('calendar.source')}</summary>
                    {row.source}
                  </details>
                </>
              ),
            },
            ...(mayChange
              ? [
                  {
                    key: 'remove',
                    head: t('calendar.change'),
                    cell: (row: (typeof days)[number]) => (
                      <PortalForm
                        hidden={{ remove: row.id }}
                        label={t('calendar.removeDay', { day: formatDate(row.day, language) })}
                      >
                        <SubmitButton kind="quiet">{t('calendar.remove')}</SubmitButton>
                      </PortalForm>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Card>
      {mayChange && (
        <Card title={t('calendar.add')} id="add">
          <PortalForm>
            <p className="note">{t('calendar.addNote')}</p>
            <Field
              {...text('day')}
              type="date"
              min={`${CALENDAR_YEARS.first}-01-01`}
              max={`${CALENDAR_YEARS.last}-12-31`}
              label={t('calendar.day')}
            />
            <Radios
              {...text('kind')}
              value={refused?.values.kind ?? 'holiday'}
              label={t('calendar.kind')}
              options={(['holiday', 'working'] as const).map((kind) => ({
                value: kind,
                label: t(`calendar.kinds.${kind}`),
              }))}
            />
            <BilingualField
              name="name"
              label={t('calendar.name')}
              value={{ en: refused?.values['name.en'], ru: refused?.values['name.ru'] }}
              error={{ en: fieldError(refused, 'name.en'), ru: fieldError(refused, 'name.ru') }}
              maxLength={200}
            />
            <Field
              {...text('source')}
              label={t('calendar.source')}
              hint={t('calendar.sourceHint')}
              maxLength={500}
            />
            <FormActions>
              <SubmitButton>{t('calendar.submit')}</SubmitButton>
            </FormActions>
          </PortalForm>
        </Card>
      )}
    </>
  );
}
