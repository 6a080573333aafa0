import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { bothLabels, formErrors } from '#app/platform/form-errors.ts';
import {
  answer,
  done,
  freshlySignedIn,
  isFresh,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SignatureList } from '#app/ui/signature-list.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TwoTexts } from '#app/ui/two-texts.tsx';
import { inLanguage } from '../localized.ts';
import { fixRanking } from '../reviews/fix-ranking.ts';
import { ProtocolForm } from '../reviews/protocol-form.tsx';
import { protocolSignatures } from '../reviews/protocol-signatures.ts';
import { RankingBlockers } from '../reviews/ranking-blockers.tsx';
import { rankingPage } from '../reviews/ranking-queries.ts';
import { RankingTable } from '../reviews/ranking-table.tsx';
import { signRanking } from '../reviews/sign-ranking.ts';
import type { Route } from './+types/ranking';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, now } = state(context);
  const page = await shown(context, () => rankingPage(platform().db, actor, params.ref, now));
  return {
    ...page,
    people: Object.fromEntries(
      page.candidates.map((one) => [
        one.id,
        { name: personName(one.name, locale), home: inLanguage(one.home, locale) },
      ]),
    ),
    title: words(context)('reviews:ranking.title'),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const form = await sentForm(context, request);
  const { db } = platform();
  const values = typed(form);
  const here = `/calls/${params.ref}/ranking`;
  return answer(context, values, async () => {
    const hash = values.hash ?? '';
    if (values.intent === 'sign') {
      // The committee alone is asked for a password again.
      await rankingPage(db, actor, params.ref, state(context).now);
      const signatory = isFresh(context) ? actor : freshlySignedIn(context);
      const { complete } = await signRanking(db, signatory, {
        reference: params.ref,
        hashShown: hash,
        locale,
      });
      return done(here, complete ? 'reviews:ranking.decided' : 'reviews:ranking.signed');
    }
    const standings = values.standings ?? '';
    const { number } = await fixRanking(db, actor, { reference: params.ref, standings, hash, typed: values });
    return done(here, 'reviews:ranking.fixed', { number });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.call.reference),
];

/** The ranking protocol of a call: what is still missing, the text as it was fixed with its signatures, and its form. */
export default function RankingPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['reviews', 'common']);
  const language = languageOf(i18n);
  const { call, protocol, open, blocked, outdated, people } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const base = `/calls/${call.reference}`;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('crumbs.calls'), href: '/calls' },
          { label: call.reference, href: base },
          { label: t('board.title'), href: `${base}/reviews` },
          { label: t('ranking.title') },
        ]}
        title={t('ranking.title')}
        lede={inLanguage(call.title, language)}
        action={
          protocol && (
            <ButtonLink href={`${base}/ranking.pdf`} kind="quiet">
              {t('ranking.pdf')}
            </ButtonLink>
          )
        }
      />
      <ErrorSummary errors={formErrors(refused, labels())} title={refused?.refused?.sentence} />
      {!open && !protocol && (
        <Card title={t('ranking.notYet')}>
          <p>{t('ranking.notYetText')}</p>
        </Card>
      )}
      {open && blocked && <RankingBlockers call={call.reference} blockers={loaderData.blockers} />}
      {protocol && (
        <>
          <Card
            title={t('ranking.signatures')}
            note={t('ranking.version', { number: protocol.version.number })}
            tone={loaderData.maySign ? 'act' : outdated ? 'risk' : undefined}
            id="signatures"
          >
            {outdated && <p className="why">{t('ranking.outdated')}</p>}
            <SignatureList
              signatures={protocolSignatures(protocol, language, {
                capacity: t('ranking.capacity'),
                voided: t('ranking.voided'),
              })}
            />
            {loaderData.maySign && (
              <PortalForm hidden={{ hash: protocol.version.hash, intent: 'sign' }}>
                <p className="note mt-4">{t('ranking.signNote')}</p>
                <FormActions>
                  <SubmitButton>{t('ranking.sign', { number: protocol.version.number })}</SubmitButton>
                </FormActions>
              </PortalForm>
            )}
          </Card>
          <Card title={t('ranking.text')} id="text">
            <TwoTexts en={protocol.content.text.en} ru={protocol.content.text.ru} />
          </Card>
          {protocol.content.sides.map((side) => (
            <Card
              key={side.side}
              title={t(`board.to.${side.side}`)}
              note={t('ranking.cut', { places: side.places, reserve: side.reserve })}
            >
              <RankingTable caption={t(`board.to.${side.side}`)} rows={side.rows} people={people} />
              {side.ties.map((tie) => (
                <section key={tie.score} className="mt-4">
                  <h3>{t('ranking.tieReason', { references: tie.references.join(', ') })}</h3>
                  <TwoTexts en={tie.reason.en} ru={tie.reason.ru} />
                </section>
              ))}
            </Card>
          ))}
        </>
      )}
      {open && !blocked && (
        <Card
          title={t(protocol ? 'ranking.again' : 'ranking.fix')}
          tone={protocol && !outdated ? undefined : 'act'}
          id="fix"
        >
          <p className="note">{t(protocol ? 'ranking.againNote' : 'ranking.fixNote')}</p>
          <ProtocolForm page={loaderData} refused={refused} />
        </Card>
      )}
    </>
  );

  /** Many fields of the form are alike: in the summary each says which it is. */
  function labels(): Record<string, string> {
    const languages = { en: t('common:languageName.en'), ru: t('common:languageName.ru') };
    const reasons = loaderData.ties.map((tie) =>
      bothLabels(`tie.${tie.key}`, t('ranking.reason'), languages),
    );
    const orders = loaderData.candidates.map((one) => [
      `order.${one.reference}`,
      t('ranking.orderOf', { name: people[one.id]?.name ?? '', reference: one.reference }),
    ]);
    const reserves = loaderData.sides.map(({ side }) => [`reserve.${side}`, t('ranking.reserve')]);
    return Object.assign(
      bothLabels('text', t('ranking.text'), languages),
      ...reasons,
      Object.fromEntries([...orders, ...reserves]),
    );
  }
}
