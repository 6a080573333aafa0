import { Card } from '#app/ui/card.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { LOCALES, type Locale } from '#db/schema/shared.ts';
import type { CertificateLines } from './certificate-words.ts';

/** Both texts of a certificate side by side, each marked with its language. */
export function CertificateText({
  texts,
  revoked,
}: {
  texts: Record<Locale, CertificateLines>;
  revoked: boolean;
}) {
  return (
    <div className="grid gap-5 md:grid-cols-2">
      {LOCALES.map((locale) => {
        const lines = texts[locale];
        return (
          <div key={locale} lang={locale}>
            <Card title={lines.title} {...(revoked ? { tone: 'stop' as const } : {})}>
              {revoked && <p className="why">{lines.revoked}</p>}
              <p className="text-lg font-semibold">{lines.name}</p>
              <p>{lines.course}</p>
              <Facts facts={lines.facts} />
            </Card>
          </div>
        );
      })}
    </div>
  );
}
