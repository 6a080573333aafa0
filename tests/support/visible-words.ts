import { parseSync } from 'oxc-parser';
import { closeCheck, readSources, type Sources } from './source-files.ts';

// Every word a person sees or hears comes from `locales`. A linter's rule knows JSX text only; this one
// also reads what hides in expressions (`{open ? 'Open' : 'Closed'}`) and in attributes that are read out.

const spokenAttributes = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'caption',
  'content',
  'description',
  'heading',
  'hint',
  'label',
  'legend',
  'placeholder',
  'summary',
  'title',
]);

/** The product's mark is a name in every language; symbols and digits are no words. */
const allowed = (text: string) => !/\p{L}/u.test(text.replaceAll('Setu–Most', ''));

interface Node {
  type: string;
  start: number;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const asNodes = (value: unknown): Node[] => (Array.isArray(value) ? value : [value]).filter(isNode);

/** The literal texts an expression may come to, leaving calls such as `t('…')` alone. */
function textsOf(node: Node): { text: string; start: number }[] {
  switch (node.type) {
    case 'JSXText':
    case 'Literal':
      return typeof node.value === 'string' ? [{ text: node.value, start: node.start }] : [];
    case 'TemplateLiteral':
      return asNodes(node.quasis).map((quasi) => ({
        text: (quasi.value as { raw: string }).raw,
        start: quasi.start,
      }));
    case 'JSXExpressionContainer':
      return asNodes(node.expression).flatMap(textsOf);
    case 'ConditionalExpression':
      return [...asNodes(node.consequent), ...asNodes(node.alternate)].flatMap(textsOf);
    case 'LogicalExpression':
    case 'BinaryExpression':
      // A comparison yields no text; `&&`, `||`, `??` and `+` may.
      return /^(&&|\|\||\?\?|\+)$/.test(String(node.operator))
        ? [...asNodes(node.left), ...asNodes(node.right)].flatMap(textsOf)
        : [];
    default:
      return [];
  }
}

/** Collects the texts of one tree that a reader would see. */
function visibleTexts(node: Node): { text: string; start: number }[] {
  const own =
    node.type === 'JSXElement' || node.type === 'JSXFragment'
      ? asNodes(node.children).flatMap(textsOf)
      : node.type === 'JSXAttribute' && spokenAttributes.has(attributeName(node)) && !isHttpMeta(node)
        ? asNodes(node.value).flatMap(textsOf)
        : [];
  const inner = Object.values(node).flatMap((value) => asNodes(value).flatMap(visibleTexts));
  return [...own, ...inner];
}

const attributeName = (node: Node) => String((node.name as Node | undefined)?.name ?? '');

/** `<meta name="viewport" content="width=…">` speaks to the browser: its content is no sentence. */
const isHttpMeta = (node: Node) =>
  attributeName(node) === 'content' &&
  asNodes(node.value).some(
    (value) => typeof value.value === 'string' && /=|^\S*$|^light dark$/.test(value.value),
  );

/**
 * Finds text in components that is not from a translation.
 * @returns one line for each, with file and line number
 */
export function findUntranslated(sources: Sources): string[] {
  return [...sources].flatMap(([path, source]) =>
    visibleTexts(parseSync(path, source).program as unknown as Node)
      .filter(({ text }) => !allowed(text))
      .map(({ text, start }) => {
        const line = source.slice(0, start).split('\n').length;
        return `${path}:${line}: “${text.trim()}” belongs in locales`;
      }),
  );
}

if (import.meta.main) {
  const sources = new Map(
    [...readSources(['app/**/*.tsx', 'emails/**/*.tsx'])].filter(
      ([path]) => path !== 'app/home/routes/dev-ui.tsx' && !path.endsWith('.test.tsx'),
    ),
  );
  closeCheck('Visible words', findUntranslated(sources), `${sources.size} components`);
}
