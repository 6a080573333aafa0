/** Text that people wrote, as they parted it: an empty line ends a paragraph. Nothing in it is markup. */
export function Paragraphs({ text }: { text: string }) {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no other name, and never move
      <p key={index} className="whitespace-pre-line">
        {paragraph}
      </p>
    ));
}
