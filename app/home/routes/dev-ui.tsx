import { I18nextProvider, useTranslation } from 'react-i18next';
import { i18nFor } from '#app/platform/i18n.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Gallery } from '../gallery.tsx';

/** The page of all components exists for those who build the portal: in development and with the local mailbox. */
export function loader() {
  if (!import.meta.env.DEV && platform().config.mail.transport !== 'mailbox') {
    throw new Response(null, { status: 404 });
  }
  return { title: `/dev/ui · ${i18nFor('en').t('product')}` };
}

export default function DevUi({ loaderData }: { loaderData: { title: string } }) {
  const { i18n } = useTranslation('common');
  return (
    <>
      <title>{loaderData.title}</title>
      <div className="grid gap-8 2xl:grid-cols-2">
        {(['en', 'ru'] as const).map((language) => (
          <I18nextProvider key={language} i18n={i18n.cloneInstance({ lng: language })}>
            <div className="@container/page min-w-0">
              <Gallery language={language} />
            </div>
          </I18nextProvider>
        ))}
      </div>
    </>
  );
}
