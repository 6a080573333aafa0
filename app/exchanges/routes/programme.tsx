import { useTranslation } from 'react-i18next';
import { notFound } from '#app/platform/outcome.ts';
import { shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { Columns } from '#app/ui/columns.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import type { Tone } from '#app/ui/side.ts';
import { When } from '#app/ui/when.tsx';
import { CAPACITIES } from '../placements/capacities.ts';
import { LaidSignatures } from '../placements/laid-signatures.tsx';
import { type LaidProgramme, type LaidVersion, stayPage } from '../placements/placement-queries.ts';
import { ProgrammeChanges } from '../placements/programme-changes.tsx';
import { ProgrammeText } from '../placements/programme-text.tsx';
import { RefusalNote } from '../placements/refusal-note.tsx';
import { stayCrumbs } from '../placements/stay-crumbs.ts';
import type { Route } from './+types/programme';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now, url } = state(context);
  return shown(context, async () => {
    const page = await stayPage(platform().db, actor, params.ref, now);
    const asked = url.searchParams.get('version');
    const find = (number: string | null) =>
      number === null ? null : (page.programmes.find((one) => String(one.version.number) === number) ?? null);
    const chosen =
      asked === null ? (page.pending ?? page.inForce ?? page.programmes.at(-1) ?? null) : find(asked);
    if (asked !== null && !chosen) throw notFound();
    const beside = find(url.searchParams.get('beside'));
    return { page, chosen, beside, title: words(context)('placements:programme.title') };
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.page.record.reference),
];

const TONES: Record<LaidVersion['state'], Tone> = {
  'in-force': 'ok',
  pending: 'risk',
  refused: 'stop',
  replaced: 'idle',
};

/** The work programme: the version that counts, who has signed it, and every other version to read beside it. */
export default function ProgrammePage({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation(['placements', 'exchanges']);
  const { page, chosen, beside, title } = loaderData;
  const { record } = page;
  const here = `/exchanges/${record.reference}/programme`;
  const open = ['programme', 'preparing', 'stay'].includes(record.state);
  const signs = page.pending && page.turn.act === 'sign' && page.mine !== null;
  return (
    <>
      <PageHeader crumbs={stayCrumbs(t, record.reference, title)} title={title} lede={page.title} />
      <Columns
        asideLabel={t('programme.versions')}
        aside={
          <Card title={t('programme.versions')}>
            <ul className="plain-list">
              {page.programmes.toReversed().map((one) => (
                <li key={one.version.id} className="mb-3">
                  <a href={`${here}?version=${one.version.number}`}>
                    {t('programme.version', { number: one.version.number })}
                  </a>{' '}
                  <Chip tone={TONES[one.state]}>{t(`programme.is.${one.state}`)}</Chip>
                  <span className="note block">
                    {one.writtenBy ?? '—'}, <When at={one.version.createdAt} />
                  </span>
                  {one.version.reason && (
                    <span className="note block wrap-anywhere">
                      {t('programme.because')}: {one.version.reason}
                    </span>
                  )}
                  {chosen && one.version.number !== chosen.version.number && (
                    <a href={`${here}?version=${chosen.version.number}&beside=${one.version.number}`}>
                      {t('programme.compare', { number: chosen.version.number })}
                    </a>
                  )}
                </li>
              ))}
              {page.programmes.length === 0 && <li className="note">{t('programme.noVersions')}</li>}
            </ul>
          </Card>
        }
      >
        {page.programmes
          .filter((one) => one.refusal && one === page.programmes.at(-1))
          .map((one) => (
            <Card key={one.version.id} tone="stop" title={t('refusal.title')}>
              <RefusalNote laid={one} />
            </Card>
          ))}
        {(open || signs) && (
          <div className="actions mb-5">
            {signs && <ButtonLink href={`${here}/signature`}>{t('turn.sign.action')}</ButtonLink>}
            {open && (
              <ButtonLink kind={signs ? 'quiet' : 'act'} href={`${here}/edit`}>
                {t(page.inForce ? 'programme.amend' : 'programme.write')}
              </ButtonLink>
            )}
          </div>
        )}
        {chosen && beside && <SideBySide chosen={chosen} beside={beside} />}
        {chosen ? (
          <Card
            title={t('programme.version', { number: chosen.version.number })}
            note={<Chip tone={TONES[chosen.state]}>{t(`programme.is.${chosen.state}`)}</Chip>}
          >
            {chosen.refusal && chosen !== page.programmes.at(-1) && <RefusalNote laid={chosen} />}
            <ProgrammeText content={chosen.content} />
            <h3>{t('signature.signatures')}</h3>
            <LaidSignatures page={page} laid={chosen} capacities={CAPACITIES} />
            <p className="note mt-4">
              {t('signature.fingerprint')} <code className="wrap-anywhere">{chosen.version.hash}</code>
            </p>
          </Card>
        ) : (
          <EmptyState title={t('programme.notLaid')}>{t('programme.notLaidText')}</EmptyState>
        )}
      </Columns>
    </>
  );
}

/** The earlier of two versions stands on the left, whichever was chosen first. */
function SideBySide({ chosen, beside }: { chosen: LaidProgramme; beside: LaidProgramme }) {
  const { t } = useTranslation('placements');
  const inOrder = chosen.version.number < beside.version.number;
  const [before, after] = inOrder ? [chosen, beside] : [beside, chosen];
  const numbers = { before: before.version.number, after: after.version.number };
  return (
    <Card title={t('programme.sideBySide', numbers)} id="changes">
      <ProgrammeChanges before={before.content} after={after.content} numbers={numbers} />
    </Card>
  );
}
