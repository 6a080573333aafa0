import { createRequire } from 'node:module';
import type { DocumentProps } from '@react-pdf/renderer';
import type { ReactElement } from 'react';

/** The family to name in the styles of a paper: PT Sans, drawn for Russian and Latin alike. */
export const PAPER_FONT = 'PT Sans';

const resolve = createRequire(import.meta.url).resolve;
const FACES = [
  { file: '400Regular/PTSans_400Regular.ttf', fontWeight: 400, fontStyle: 'normal' },
  { file: '400Regular_Italic/PTSans_400Regular_Italic.ttf', fontWeight: 400, fontStyle: 'italic' },
  { file: '700Bold/PTSans_700Bold.ttf', fontWeight: 700, fontStyle: 'normal' },
  { file: '700Bold_Italic/PTSans_700Bold_Italic.ttf', fontWeight: 700, fontStyle: 'italic' },
] as const;

let library: Promise<typeof import('@react-pdf/renderer')> | undefined;

/** Loaded with the first paper: it is heavy, and most processes never print one. */
function loadLibrary(): Promise<typeof import('@react-pdf/renderer')> {
  library ??= import('@react-pdf/renderer').then((loaded) => {
    // The library breaks words by English rules; Russian and names are better left whole.
    loaded.Font.registerHyphenationCallback((word) => [word]);
    return loaded;
  });
  return library;
}

/**
 * Each paper gets the faces read anew. A face that was used before remembers letters which it met as parts of others
 * (the K of Ќ) without their character: they print well, but the second paper's text could not be searched or copied.
 */
function registerFaces({ Font }: typeof import('@react-pdf/renderer')): void {
  const families: Record<string, unknown> = Font.getRegisteredFonts();
  delete families[PAPER_FONT];
  Font.register({
    family: PAPER_FONT,
    fonts: FACES.map(({ file, ...face }) => ({
      src: resolve(`@expo-google-fonts/pt-sans/${file}`),
      ...face,
    })),
  });
}

/** Papers are printed one after another: they share the library's list of faces, and one processor anyway. */
let printing: Promise<unknown> = Promise.resolve();

/**
 * Prints a paper.
 *
 * @param build makes the `<Document>` from the library's parts, so that nothing loads the library before it is needed.
 * Its text has to name `PAPER_FONT`; the library's own fonts know no Cyrillic.
 */
export async function renderPdf(
  build: (parts: typeof import('@react-pdf/renderer')) => ReactElement<DocumentProps>,
): Promise<Uint8Array> {
  const parts = await loadLibrary();
  const printed = printing.then(() => {
    registerFaces(parts);
    return parts.renderToBuffer(build(parts));
  });
  printing = printed.catch(() => undefined);
  return printed;
}
