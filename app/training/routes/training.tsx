import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { DateOn } from '#app/ui/when.tsx';
import { certificatesOfPerson } from '#app/verification/queries.ts';
import { trainingRules } from '../policy.ts';
import { RunList } from '../run-list.tsx';
import { ownEnrolments, runsHosted, runsTaught } from '../run-queries.ts';
import type { Route } from './+types/training';

/** Runs that ended lately still want certificates. */
const LOOK_BACK_DAYS = 120;

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const { db } = platform();
  const from = new Date(now.getTime() - LOOK_BACK_DAYS * 86_400_000).toISOString().slice(0, 10);
  const [own, taught, hosted, certificates] = await Promise.all([
    ownEnrolments(db, actor),
    runsTaught(db, actor),
    runsHosted(db, actor, from),
    certificatesOfPerson(db, actor.personId),
  ]);
  return {
    own,
    taught,
    hosted,
    certificates,
    mayImport: permits(trainingRules['training.import'], actor, null),
    title: words(context)('training:home.title'),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Training as it concerns the reader: their courses, those they teach, those their institution hosts. */
export default function Training({ loaderData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  const { own, taught, hosted, certificates, mayImport, title } = loaderData;
  const runHref = (row: { reference: string }) => `/training/runs/${row.reference}`;
  return (
    <>
      <PageHeader
        title={title}
        lede={t('home.lede')}
        action={
          <div className="actions">
            <ButtonLink href="/courses">{t('home.catalogue')}</ButtonLink>
            {mayImport && (
              <ButtonLink kind="quiet" href="/training/import">
                {t('import.title')}
              </ButtonLink>
            )}
          </div>
        }
      />
      {taught.length > 0 && (
        <Card title={t('home.taught')}>
          <RunList
            caption={t('home.taught')}
            rows={taught}
            href={runHref}
            head={t('list.seats')}
            cell={(row) => row.seats}
          />
        </Card>
      )}
      {hosted.length > 0 && (
        <Card title={t('home.hosted')}>
          <RunList
            caption={t('home.hosted')}
            rows={hosted}
            href={runHref}
            head={t('list.people')}
            cell={(row) =>
              t('list.counts', {
                confirmed: row.confirmed,
                seats: row.seats,
                waiting: row.waiting,
                requested: row.requested,
              })
            }
          />
        </Card>
      )}
      <Card title={t('home.own')}>
        {own.length > 0 ? (
          <RunList
            caption={t('home.own')}
            rows={own}
            href={runHref}
            head={t('list.state')}
            cell={(row) =>
              row.result
                ? t(`result.${row.result}`)
                : row.place
                  ? t('list.place', { place: row.place })
                  : t(`state.${row.enrolmentState}`)
            }
          />
        ) : (
          <EmptyState title={t('home.none')}>{t('home.noneText')}</EmptyState>
        )}
      </Card>
      {certificates.length > 0 && (
        <Card title={t('home.certificates')} id="certificates">
          <ul className="tasks">
            {certificates.map((one) => (
              <li key={one.code}>
                <div className="what">
                  <a href={`/verify/${one.code}`}>{one.title[language]}</a>
                  <div className="note">{one.number}</div>
                </div>
                <div className="due">
                  {one.revokedAt ? t('certificate.revoked') : <DateOn on={one.issuedOn} />}
                </div>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
