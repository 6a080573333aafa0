import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { state, words } from '#app/platform/request.server.ts';
import { Bridge } from '#app/ui/bridge.tsx';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import type { Route } from './+types/welcome';

export function loader({ context }: Route.LoaderArgs) {
  if (state(context).actor) throw redirect('/home', 303);
  const t = words(context);
  return { title: t('home:welcome.tab'), description: t('home:welcome.lede') };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title),
  { name: 'description', content: loaderData?.description },
];

/** The public front: what this is, how a decision crosses, where to begin. */
export default function Welcome() {
  const { t } = useTranslation('home');
  return (
    <>
      <PageHeader
        title={t('welcome.title')}
        lede={
          <>
            {t('welcome.lede')} {t('welcome.name')}
          </>
        }
        action={<ButtonLink href="/sign-up">{t('welcome.signUp')}</ButtonLink>}
      />
      <Card title={t('welcome.how.title')}>
        <Bridge
          label={t('welcome.how.label')}
          piers={[
            { label: t('welcome.how.apply'), side: 'in', state: 'done' },
            { label: t('welcome.how.nominate'), side: 'in', state: 'done' },
            { label: t('welcome.how.answer'), side: 'ru', state: 'now' },
            { label: t('welcome.how.stay'), side: 'ru', state: 'todo' },
          ]}
        />
      </Card>
      <div className="card-row">
        <Card title={t('welcome.exchange.title')}>
          <p>{t('welcome.exchange.text')}</p>
          <div className="actions">
            <ButtonLink href="/calls" kind="quiet">
              {t('welcome.exchange.action')}
            </ButtonLink>
          </div>
        </Card>
        <Card title={t('welcome.supervision.title')}>
          <p>{t('welcome.supervision.text')}</p>
        </Card>
        <Card title={t('welcome.training.title')}>
          <p>{t('welcome.training.text')}</p>
          <div className="actions">
            <ButtonLink href="/courses" kind="quiet">
              {t('welcome.training.action')}
            </ButtonLink>
          </div>
        </Card>
      </div>
    </>
  );
}
