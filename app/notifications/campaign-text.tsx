import { Paragraphs } from '#app/ui/paragraphs.tsx';

/** Subject and text of a campaign in one language; nothing where there is neither, so that the frame asks for it. */
export function campaignText(subject: string, body: string) {
  if (!subject && !body) return undefined;
  return (
    <>
      <p>
        <b>{subject}</b>
      </p>
      <Paragraphs text={body} />
    </>
  );
}
