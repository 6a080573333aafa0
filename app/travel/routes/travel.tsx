import { useTranslation } from 'react-i18next';
import { data } from 'react-router';
import { institutionsOf } from '#app/people/access.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { answer, freshlySignedIn, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ownPassport } from '#app/travel/queries.ts';
import { revealPassport } from '#app/travel/reveal-passport.ts';
import { tripsOfPerson } from '#app/travel/trip-queries.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { DateOn } from '#app/ui/when.tsx';
import type { Route } from './+types/travel';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { db, vaults } = platform();
  const [passport, trips] = await Promise.all([ownPassport(db, actor), tripsOfPerson(db, actor.personId)]);
  const { locale } = state(context);
  const side = passport?.side ?? actor.side;
  return {
    title: words(context)('travel:title'),
    trips: trips.map(({ title, ...trip }) => ({ ...trip, title: title[locale] || title.en })),
    hasSide: actor.side !== null,
    mayDefine: institutionsOf(actor, 'institution-admin').length > 0,
    away: side !== null && !(await vaults[side].available()),
    passport: passport && { validUntil: passport.validUntil, eraseOn: passport.eraseOn },
  };
}

/** Shows the values once, in the answer itself: they are kept by no browser and stand in no address. */
export async function action({ context }: Route.ActionArgs) {
  const actor = freshlySignedIn(context);
  const { db, vaults } = platform();
  return answer(context, {}, async () => {
    const shown = await revealPassport(db, vaults, actor);
    return data({ shown }, { headers: { 'Cache-Control': 'no-store' } });
  });
}

export function headers({ actionHeaders }: Route.HeadersArgs) {
  return actionHeaders;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What stands in place of a value that lies in the vault: no part of it, not even its length. */
const MASK = '••••••';

export default function Travel({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('travel');
  const { hasSide, away, passport, trips, mayDefine } = loaderData;
  const shown = actionData && 'shown' in actionData ? actionData.shown : null;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const masked = (
    <>
      <span aria-hidden="true">{MASK}</span>
      <span className="sr-only">{t('passport.masked')}</span>
    </>
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        lede={t('lede')}
        action={
          mayDefine && (
            <ButtonLink href="/travel/requirements" kind="quiet">
              {t('definition.heading')}
            </ButtonLink>
          )
        }
      />
      <ErrorSummary errors={formErrors(refused)} title={t('notShown')} />
      {away && (
        <Flash tone="risk" title={t('away.title')}>
          {t('away.what')}
        </Flash>
      )}
      <Card title={t('passport.title')}>
        {passport ? (
          <>
            <p className="note">{shown ? t('passport.shownNote') : t('passport.maskedNote')}</p>
            <Facts
              facts={[
                { term: t('passport.number'), value: shown?.number ?? masked },
                { term: t('passport.nationality'), value: shown?.nationality ?? masked },
                {
                  term: t('passport.issued'),
                  value: shown ? <DateOn on={shown.issued} /> : masked,
                },
                {
                  term: t('passport.validUntil'),
                  value: passport.validUntil && <DateOn on={passport.validUntil} />,
                },
                { term: t('passport.eraseOn'), value: passport.eraseOn && <DateOn on={passport.eraseOn} /> },
              ]}
            />
            {!away && (
              <div className="actions">
                {!shown && (
                  <PortalForm>
                    <SubmitButton kind="quiet">{t('passport.reveal')}</SubmitButton>
                  </PortalForm>
                )}
                {hasSide && (
                  <ButtonLink href="/travel/passport" kind="quiet">
                    {t('passport.replace')}
                  </ButtonLink>
                )}
              </div>
            )}
          </>
        ) : (
          <EmptyState
            title={t('passport.none')}
            action={
              hasSide && !away && <ButtonLink href="/travel/passport">{t('passport.enter')}</ButtonLink>
            }
          >
            {hasSide ? t('passport.noneHint') : t('noSide')}
          </EmptyState>
        )}
      </Card>
      {trips.length > 0 && (
        <Card title={t('trips.title')}>
          <ul className="plain-list">
            {trips.map((trip) => (
              <li key={trip.id}>
                <a href={trip.path}>{trip.title}</a>{' '}
                <span className="note">
                  <DateOn on={trip.startsOn} to={trip.endsOn} />
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
