import { useTranslation } from 'react-i18next';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import {
  answer,
  done,
  freshlySignedIn,
  type Refused,
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
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { CAPACITIES } from '../placements/capacities.ts';
import { LaidSignatures } from '../placements/laid-signatures.tsx';
import { stayPage } from '../placements/placement-queries.ts';
import { ProgrammeChanges } from '../placements/programme-changes.tsx';
import { ProgrammeText } from '../placements/programme-text.tsx';
import { RefusalNote } from '../placements/refusal-note.tsx';
import { refuseProgramme } from '../placements/refuse-version.ts';
import { capacityOfForm, SignForms } from '../placements/sign-forms.tsx';
import { signProgramme } from '../placements/sign-programme.ts';
import { stayCrumbs } from '../placements/stay-crumbs.ts';
import type { Route } from './+types/programme-signature';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  return shown(context, async () => ({
    page: await stayPage(platform().db, actor, params.ref, state(context).now),
    title: words(context)('placements:signature.title'),
  }));
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const form = await sentForm(context, request);
  const values = typed(form);
  const { db } = platform();
  const here = `/exchanges/${params.ref}`;
  const common = { reference: params.ref, hashShown: values.hash ?? '', as: capacityOfForm(values.as) };
  if (values.intent === 'refuse') {
    const actor = signedIn(context);
    return answer(context, values, async () => {
      await refuseProgramme(db, actor, { ...common, comments: values.comments ?? '' });
      return done(`${here}/programme`, 'placements:flash.refused');
    });
  }
  const actor = freshlySignedIn(context);
  const { locale, now } = state(context);
  return answer(context, values, async () => {
    const complete = await signProgramme(db, actor, { ...common, locale }, now);
    return complete
      ? done(here, 'placements:flash.inForce')
      : done(`${here}/programme/signature`, 'placements:flash.signed');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.page.record.reference),
];

/** The programme as it lies before the four: its text, what it changes, who has signed, and the place to sign or refuse. */
export default function ProgrammeSignature({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['placements', 'exchanges']);
  const { page, title } = loaderData;
  const { record, pending } = page;
  const refused = actionData && 'values' in actionData ? (actionData as Refused) : undefined;
  const laid = pending ?? page.programmes.at(-1) ?? null;
  const before = page.programmes.findLast((one) => laid && one.version.number < laid.version.number) ?? null;
  const beside = page.inForce && page.inForce !== laid ? page.inForce : before;
  return (
    <>
      <PageHeader
        crumbs={stayCrumbs(t, record.reference, title)}
        title={title}
        lede={laid ? t('signature.lede', { number: laid.version.number }) : t('programme.notLaidText')}
      />
      <ErrorSummary errors={formErrors(refused)} title={refused?.refused.sentence} />
      {laid && (
        <>
          <Card
            title={t('signature.signatures')}
            note={t(`programme.is.${laid.state}`)}
            {...(pending && page.mine && page.turn.act === 'sign' ? { tone: 'act' as const } : {})}
          >
            {laid.version.reason && (
              <p>
                <b>{t('programme.because')}:</b> {laid.version.reason}
              </p>
            )}
            <RefusalNote laid={laid} />
            <LaidSignatures page={page} laid={laid} capacities={CAPACITIES} />
            <p className="note mt-4">
              {t('signature.fingerprint')} <code className="wrap-anywhere">{laid.version.hash}</code>
            </p>
          </Card>
          {beside && (
            <Card
              id="changes"
              title={t('signature.changes', { number: beside.version.number })}
              tone={pending ? 'risk' : undefined}
            >
              <ProgrammeChanges
                before={beside.content}
                after={laid.content}
                numbers={{ before: beside.version.number, after: laid.version.number }}
              />
            </Card>
          )}
          <Card title={t('programme.version', { number: laid.version.number })} id="text">
            <ProgrammeText content={laid.content} />
          </Card>
          {pending && (
            <SignForms
              page={page}
              laid={pending}
              capacities={CAPACITIES}
              comments={refused?.values.comments ?? ''}
              error={fieldError(refused, 'comments')}
            />
          )}
        </>
      )}
    </>
  );
}
