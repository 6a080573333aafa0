import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { composeMessage, messagesByCode } from '#app/platform/compose-message.server.ts';
import { greetingFor } from '#app/platform/letter.server.ts';
import { shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Paragraphs } from '#app/ui/paragraphs.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Locale } from '#db/schema/shared.ts';
import { sampleRecipients } from '../audience.ts';
import { campaignMessage } from '../messages.ts';
import { campaignInScope } from '../scope.ts';
import type { Route } from './+types/campaign-preview';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { url, locale: mine } = state(context);
  const { db, rooms } = platform();
  return shown(context, async () => {
    const record = await campaignInScope(db, actor, params.ref);
    // Each language has its readers; a preview shows them apart.
    const samples = await Promise.all(
      record.audience.locales.map((locale) =>
        sampleRecipients(db, { ...record.audience, locales: [locale as Locale] }, 12),
      ),
    );
    const readers = samples.flat();
    const reader = readers.find(({ id }) => id === url.searchParams.get('as')) ?? readers[0] ?? null;
    const letter = reader && {
      greeting: greetingFor(reader),
      locale: reader.locale,
      composed: await composeMessage(
        db,
        messagesByCode(rooms),
        {
          code: campaignMessage.code,
          params: { campaignId: record.id },
          institutionId: record.institutionId,
        },
        { locale: reader.locale, personId: reader.id },
      ),
    };
    const t = words(context);
    return {
      reference: record.reference,
      title: t('notifications:preview.title'),
      as: reader?.id ?? '',
      readers: readers.map((one) => ({
        value: one.id,
        label: `${personName(one, mine)} · ${t(`notifications:locale.${one.locale}`)}`,
      })),
      letter: letter?.composed ? { ...letter, composed: letter.composed } : null,
    };
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.reference),
];

/** The campaign as one real recipient will read it, in their language. */
export default function CampaignPreview({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation('notifications');
  const { reference, readers, as, letter } = loaderData;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('campaigns.title'), href: '/campaigns' },
          { label: reference, href: `/campaigns/${reference}` },
          { label: t('preview.title') },
        ]}
        title={t('preview.title')}
        lede={t('preview.lede')}
      />
      {letter ? (
        <>
          <PortalForm method="get" inline>
            <Select name="as" label={t('preview.as')} options={readers} value={as} />
            <SubmitButton kind="quiet">{t('preview.show')}</SubmitButton>
          </PortalForm>
          <Card>
            <div lang={letter.locale} className="prose">
              <h2>{letter.composed.subject}</h2>
              <p>{letter.greeting}</p>
              <Paragraphs text={letter.composed.body} />
            </div>
          </Card>
        </>
      ) : (
        <EmptyState title={t('preview.nobody')} />
      )}
    </>
  );
}
