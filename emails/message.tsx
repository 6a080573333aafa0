import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from 'react-email';

/** What a mail says, in words that are already the reader's. */
export type MessageProps = {
  lang: string;
  /** The partners in the reader's language, then in the other one. */
  partners: readonly [string, string];
  subject: string;
  greeting: string;
  paragraphs: readonly string[];
  action: { label: string; href: string; below: string } | null;
  signature: string;
  /** Small print: why this came, where to answer. */
  notes: readonly string[];
  unsubscribe: { label: string; href: string } | null;
};

// Mail programs know no variables: the light colours stand inline, the dark ones in a sheet that some of them read.
const ink = '#1a1d23';
const soft = '#5d6470';
const act = '#1f2d4d';
const font = "'Golos Text', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const text = { fontFamily: font, fontSize: '16px', lineHeight: '1.5', color: ink, margin: '0 0 16px' };
const small = { ...text, fontSize: '13px', color: soft, margin: '0 0 6px' };
const dark = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .paper, .paper > table > tbody > tr > td { background-color: #14161a !important; }
    .card { background-color: #1b1e24 !important; border-color: #2d3139 !important; }
    .ink { color: #eceae6 !important; }
    .soft { color: #a3a9b4 !important; }
    .in { color: #5ecbd4 !important; }
    .ru { color: #b7a4ff !important; }
    .line { border-color: #2d3139 !important; }
    .act { background-color: #c9d6ff !important; color: #141a2b !important; }
  }`;

/** The one layout of every mail: who writes, what happened, the one thing to do, and why it came. */
export function Message(props: MessageProps) {
  return (
    <Html lang={props.lang} dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{dark}</style>
      </Head>
      <Preview>{props.paragraphs[0] ?? props.subject}</Preview>
      <Body
        className="paper"
        lang={props.lang}
        style={{ backgroundColor: '#fbfaf8', margin: 0, padding: '24px 12px' }}
      >
        <Container style={{ maxWidth: '600px', margin: '0 auto' }}>
          <Section style={{ padding: '0 4px 12px' }}>
            <Letterhead partners={props.partners} />
          </Section>
          <Section
            className="card"
            style={{
              backgroundColor: '#ffffff',
              border: '1px solid #e4e1da',
              borderRadius: '10px',
              padding: '28px 28px 16px',
            }}
          >
            <Heading
              as="h1"
              className="ink"
              style={{ ...text, fontSize: '22px', lineHeight: '1.25', fontWeight: 600, margin: '0 0 20px' }}
            >
              {props.subject}
            </Heading>
            <Text className="ink" style={text}>
              {props.greeting}
            </Text>
            {props.paragraphs.map((paragraph) => (
              <Text key={paragraph} className="ink" style={{ ...text, whiteSpace: 'pre-line' }}>
                {paragraph}
              </Text>
            ))}
            {props.action && <Action {...props.action} />}
          </Section>
          <Section style={{ padding: '20px 4px 0' }}>
            <Text className="soft" style={{ ...small, margin: '0 0 12px' }}>
              {props.signature}
            </Text>
            <Hr className="line" style={{ borderColor: '#e4e1da', margin: '0 0 12px' }} />
            {props.notes.map((note) => (
              <Text key={note} className="soft" style={small}>
                {note}
              </Text>
            ))}
            {props.unsubscribe && (
              <Text className="soft" style={small}>
                <Link
                  className="soft"
                  href={props.unsubscribe.href}
                  style={{ color: soft, textDecoration: 'underline' }}
                >
                  {props.unsubscribe.label}
                </Link>
              </Text>
            )}
          </Section>
        </Container>
      </Body>
    </Html>
  );
}

/** The mark with its two piers, and both sides' names in both languages. */
function Letterhead({ partners }: { partners: MessageProps['partners'] }) {
  return (
    <>
      <Text className="ink" style={{ ...text, fontSize: '18px', fontWeight: 600, margin: '0 0 4px' }}>
        <span className="in" style={{ color: '#0b6e78' }} aria-hidden="true">
          ■
        </span>{' '}
        Setu–Most{' '}
        <span className="ru" style={{ color: '#5b3fb0' }} aria-hidden="true">
          ●
        </span>
      </Text>
      {partners.map((names) => (
        <Text key={names} className="soft" style={{ ...small, margin: 0 }}>
          {names}
        </Text>
      ))}
    </>
  );
}

function Action({ label, href, below }: NonNullable<MessageProps['action']>) {
  return (
    <>
      <Button
        className="act"
        href={href}
        style={{
          fontFamily: font,
          fontSize: '16px',
          fontWeight: 600,
          color: '#ffffff',
          backgroundColor: act,
          borderRadius: '8px',
          padding: '12px 20px',
          margin: '4px 0 20px',
        }}
      >
        {label}
      </Button>
      <Text className="soft" style={{ ...small, margin: '0 0 12px' }}>
        {below}
        <br />
        <Link className="soft" href={href} style={{ color: soft, wordBreak: 'break-all' }}>
          {href}
        </Link>
      </Text>
    </>
  );
}
