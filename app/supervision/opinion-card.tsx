import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { languageOf } from '#app/ui/language.ts';
import type { ReportPage } from './load-report-page.ts';
import type { Member } from './queries.ts';
import { OutcomeChip } from './report-state.tsx';
import { EitherText } from './shown-text.tsx';
import { type SupervisorRole, supervisorsOf } from './supervisors.ts';

/** The two opinions: awaited, received and sealed, or open. */
export function OpinionCard({ page }: { page: ReportPage }) {
  const { t } = useTranslation('supervision');
  return (
    <Card title={t('report.opinions')} id="opinions">
      {supervisorsOf(page.members).map((member) => (
        <OneOpinion key={member.role} page={page} member={member} />
      ))}
    </Card>
  );
}

function OneOpinion({ page, member }: { page: ReportPage; member: Member & { role: SupervisorRole } }) {
  const { t, i18n } = useTranslation(['supervision', 'common']);
  const { role } = member;
  // Only what the reader may read is there at all; the rest never left the database.
  const opinion = page.opinions.find((one) => one.capacity === role);
  const open = page.report.opinionsOpenedAt !== null;
  return (
    <section className="mt-5 first-of-type:mt-0" aria-labelledby={`opinion-${role}`}>
      <h3 id={`opinion-${role}`}>
        {personName(member.name, languageOf(i18n))}{' '}
        <span className="note">
          {t(`role.${role}`)}, {t(`common:side.${member.side}`)}
        </span>
      </h3>
      {opinion ? (
        <>
          <p className="my-2">
            <OutcomeChip outcome={opinion.outcome} />{' '}
            {!open && (
              <span className="note">{t(`report.opinion.${opinion.givenAt ? 'own' : 'setAside'}`)}</span>
            )}
          </p>
          <EitherText text={opinion.text} />
        </>
      ) : (
        <p className="mt-2">
          <Chip tone={page.given.includes(role) ? 'ok' : 'idle'}>
            {t(`report.opinion.${page.given.includes(role) ? 'sealed' : 'awaited'}`)}
          </Chip>
        </p>
      )}
    </section>
  );
}
