import { useWords } from './words.ts';

/** The reader's name leading to the account, and the way out (a form: a link must change nothing). */
export function AccountMenu({
  name,
  accountHref,
  signOutAction,
}: {
  name: string;
  accountHref: string;
  signOutAction: string;
}) {
  const { t } = useWords();
  return (
    <>
      <a href={accountHref}>{name}</a>
      <form method="post" action={signOutAction}>
        <button className="link" type="submit">
          {t('shell.signOut')}
        </button>
      </form>
    </>
  );
}
