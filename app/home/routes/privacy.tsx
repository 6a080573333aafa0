import { useTranslation } from 'react-i18next';
import { words } from '#app/platform/request.server.ts';
import { Card } from '#app/ui/card.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import type { Route } from './+types/privacy';

const SECTIONS = ['what', 'who', 'vault', 'mail', 'rights', 'law'] as const;

export function loader({ context }: Route.LoaderArgs) {
  return { title: words(context)('home:privacy.title') };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What is kept, who reads it, when it goes. */
export default function Privacy() {
  const { t } = useTranslation('home');
  return (
    <div className="prose">
      <PageHeader title={t('privacy.title')} lede={t('privacy.lede')} />
      {SECTIONS.map((section) => (
        <Card key={section} title={t(`privacy.sections.${section}.title`)}>
          <p>{t(`privacy.sections.${section}.text`)}</p>
        </Card>
      ))}
    </div>
  );
}
