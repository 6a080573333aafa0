import { useTranslation } from 'react-i18next';
import { shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { type Run, textDifference } from '#app/platform/text-difference.ts';
import { Card } from '#app/ui/card.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatWhen } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { type ContentRow, contentRows } from '../content-rows.ts';
import { submittedVersions } from '../version-queries.ts';
import type { Route } from './+types/versions';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { url } = state(context);
  const { page, versions, institutions } = await shown(context, () =>
    submittedVersions(platform().db, actor, params.ref),
  );
  const numbered = (name: string) =>
    versions.find((one) => String(one.number) === url.searchParams.get(name));
  const right = numbered('right') ?? versions.at(-1) ?? null;
  const left = numbered('left') ?? versions.at(-2) ?? right;
  return {
    record: { reference: page.record.reference, title: page.record.title },
    asked: page.call.documents,
    institutions,
    left,
    right,
    versions: versions.map(({ number, createdAt }) => ({ number, createdAt })),
    title: words(context)('exchanges:versions.title'),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.record.reference),
];

/** Two submissions of an application side by side, with what changed between them marked. */
export default function VersionsPage({ loaderData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['exchanges', 'common']);
  const language = languageOf(i18n);
  const { record, left, right, versions, institutions, asked } = loaderData;
  const options = versions.map(({ number, createdAt }) => ({
    value: String(number),
    label: t('versions.option', { number, when: formatWhen(createdAt, language) }),
  }));
  const inWords = { t, language, institutions, asked };
  const [before, after] = [
    contentRows(left?.content ?? {}, inWords),
    contentRows(right?.content ?? {}, inWords),
  ];
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), href: '/exchanges' },
          { label: record.reference, href: `/exchanges/${record.reference}` },
          { label: t('versions.title') },
        ]}
        title={t('versions.title')}
        lede={<TypedLine text={record.title} />}
      />
      {versions.length > 1 && (
        <PortalForm method="get" inline label={t('versions.choose')}>
          <Select
            name="left"
            label={t('versions.left')}
            options={options}
            value={String(left?.number)}
            empty={false}
          />
          <Select
            name="right"
            label={t('versions.right')}
            options={options}
            value={String(right?.number)}
            empty={false}
          />
          <FormActions>
            <SubmitButton kind="quiet">{t('versions.show')}</SubmitButton>
          </FormActions>
        </PortalForm>
      )}
      {versions.length > 1 && <p className="note mb-4">{t('versions.note')}</p>}
      {after.map((row, index) => (
        <Compared
          key={row.key}
          before={before[index] ?? { ...row, text: '' }}
          after={row}
          numbers={[left?.number ?? 1, right?.number ?? 1]}
        />
      ))}
    </>
  );
}

function Compared({
  before,
  after,
  numbers: [left, right],
}: {
  before: ContentRow;
  after: ContentRow;
  numbers: [number, number];
}) {
  const { t } = useTranslation('exchanges');
  // What stands in both is read once.
  if (before.text === after.text)
    return (
      <Card title={after.label} {...(left !== right && { note: t('versions.same') })}>
        <p className="whitespace-pre-line" lang={after.lang}>
          {after.text || t('versions.empty')}
        </p>
      </Card>
    );
  const runs = textDifference(before.text, after.text);
  return (
    <Card title={after.label} note={t('versions.changed')}>
      <div className="two-texts">
        <Side row={before} runs={runs} leave="added" label={t('versions.version', { number: left })} />
        <Side row={after} runs={runs} leave="removed" label={t('versions.version', { number: right })} />
      </div>
    </Card>
  );
}

/** One of the two texts; what the other does not have is marked, for those who listen as well. */
function Side({
  row,
  runs,
  leave,
  label,
}: {
  row: ContentRow;
  runs: readonly Run[];
  leave: Run['kind'];
  label: string;
}) {
  const { t } = useTranslation('exchanges');
  return (
    <div>
      <p className="note">{label}</p>
      <p className="whitespace-pre-line" lang={row.lang}>
        {row.text === ''
          ? t('versions.empty')
          : runs
              .filter((run) => run.kind !== leave)
              .map((run, index) => {
                const key = `${index} ${run.kind}`;
                if (run.kind === 'same') return <span key={key}>{run.text}</span>;
                return run.kind === 'removed' ? (
                  <del key={key}>{run.text}</del>
                ) : (
                  <ins key={key}>{run.text}</ins>
                );
              })}
      </p>
    </div>
  );
}
