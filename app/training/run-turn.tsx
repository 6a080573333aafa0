import { useTranslation } from 'react-i18next';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { Turn } from '#app/ui/turn.tsx';
import type { EnrolmentState } from '#db/schema/training.ts';
import type { RunPageData } from './routes/run.tsx';
import { closesAt } from './run-clock.ts';

type Page = Pick<RunPageData, 'run' | 'own' | 'stage' | 'now' | 'host' | 'certificate' | 'attended'>;

/** How an enrolment ended, null while it stands; who withdrew is as free as who never enrolled. */
function endOf(state: EnrolmentState): 'none' | 'lapsed' | 'refused' | null {
  if (state === 'withdrawn') return 'none';
  return state === 'lapsed' || state === 'refused' ? state : null;
}

/** Where the reader stands in a run, until when something is to be done, and the one thing they can do. */
export function RunTurn({ page }: { page: Page }) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  const { run, own, stage, now, host, certificate } = page;
  const closing = closesAt(run, run.timeZone);
  const enrol = <ButtonLink href={`/training/runs/${run.reference}/enrol`}>{t('enrol.open')}</ButtonLink>;

  const ended = endOf(own?.state ?? 'withdrawn');
  if (!own || ended) {
    const words = ended ?? 'none';
    const open = stage === 'open';
    return (
      <Turn
        heading={open ? t(`turn.${words}.heading`) : t('turn.closed.heading')}
        side={null}
        {...(open ? { until: closing, now, action: enrol, yours: true } : {})}
      >
        <p>{open ? t(`turn.${words}.next`) : t('turn.closed.next')}</p>
        {own?.state === 'refused' && own.stateReason && (
          <p className="why whitespace-pre-line wrap-anywhere">{own.stateReason}</p>
        )}
      </Turn>
    );
  }

  const leave = (words: 'withdraw' | 'decline') => (
    <PortalForm inline hidden={{ intent: 'withdraw', enrolment: own.id, revision: own.revision }}>
      <SubmitButton kind="quiet">{t(`enrol.${words}`)}</SubmitButton>
    </PortalForm>
  );
  switch (own.state) {
    case 'requested':
      return (
        <Turn
          heading={t('turn.requested.heading')}
          side={null}
          until={closing}
          now={now}
          action={leave('withdraw')}
        >
          {own.sponsorNeeded && !own.sponsoredAt && (
            <p>{t('turn.requested.sponsor', { institution: own.institution[language] })}</p>
          )}
          {own.evidenceNeeded && !own.evidenceAcceptedAt && (
            <p>{t('turn.requested.evidence', { institution: host.shortName[language] })}</p>
          )}
          <p>{t('turn.requested.next')}</p>
        </Turn>
      );
    case 'waiting':
      return (
        <Turn
          heading={t('turn.waiting.heading', { place: own.place ?? 1 })}
          side={own.side}
          action={stage === 'over' ? undefined : leave('withdraw')}
        >
          <p>{stage === 'open' ? t('turn.waiting.next') : t('turn.waiting.over')}</p>
        </Turn>
      );
    case 'offered':
      return (
        <Turn
          heading={t('turn.offered.heading')}
          side={own.side}
          {...(own.offeredUntil ? { until: own.offeredUntil, now } : {})}
          yours
          action={
            <>
              <PortalForm inline hidden={{ intent: 'accept', enrolment: own.id, revision: own.revision }}>
                <SubmitButton>{t('enrol.accept')}</SubmitButton>
              </PortalForm>
              {leave('decline')}
            </>
          }
        >
          <p>{t('turn.offered.next')}</p>
        </Turn>
      );
    case 'confirmed': {
      const words = own.result ?? (stage === 'over' ? 'awaited' : 'seat');
      return (
        <Turn
          heading={t(`turn.${words}.heading`)}
          side={words === 'awaited' ? host.side : null}
          action={
            certificate ? (
              <ButtonLink href={`/verify/${certificate.code}`}>{t('certificate.open')}</ButtonLink>
            ) : own.result === null && stage !== 'over' ? (
              leave('withdraw')
            ) : undefined
          }
        >
          <p>{t(`turn.${words}.next`)}</p>
          {page.attended && page.attended.marked > 0 && (
            <p className="note">
              {t('turn.attended', { present: page.attended.present, count: page.attended.marked })}
            </p>
          )}
        </Turn>
      );
    }
    default:
      return null;
  }
}
