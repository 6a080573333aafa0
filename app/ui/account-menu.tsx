import { useWords } from './words.ts';

/** The reader's name leading to the account, and the way out (a form: a link must change nothing). */
export function AccountMenu({
  name,
  accountHref,
  current = false,
  signOutAction,
}: {
  name: string;
  accountHref: string;
  current?: boolean;
  signOutAction: string;
}) {
  const { t } = useWords();
  return (
    <>
      <a href={accountHref} aria-current={current ? 'page' : undefined}>
        {name}
      </a>
      <form method="post" action={signOutAction}>
        <button className="link" type="submit">
          {t('shell.signOut')}
        </button>
      </form>
    </>
  );
}
