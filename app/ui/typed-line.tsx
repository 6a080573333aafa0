import { languageOfText } from './language.ts';

/** What a person typed in one language only, marked with that language: it is read aloud and hyphenated as what it is. */
export function TypedLine({ text }: { text: string }) {
  return <span lang={languageOfText(text)}>{text}</span>;
}
