import { type Change, difference } from '#app/platform/difference.ts';
import type { CallContent } from './call-schema.ts';

/**
 * What one text of a call says otherwise than another, leaf by leaf. Documents and criteria are compared by their code
 * and grades by their value, so that one taken out of the middle does not change all that follow.
 */
export function callDifference(before: CallContent, after: CallContent): Change[] {
  return difference(byCode(before), byCode(after)).flatMap(leaves);
}

function byCode(content: CallContent) {
  const { documents, rubric } = content;
  return {
    ...content,
    documents: Object.fromEntries(documents.map(({ code, ...document }) => [code, document])),
    rubric: rubric && {
      scale: rubric.scale,
      criteria: Object.fromEntries(rubric.criteria.map(({ code, ...criterion }) => [code, criterion])),
      grades: Object.fromEntries(rubric.grades.map(({ value, text }) => [value, text])),
    },
  };
}

/** Something that came or went as a whole is told by its parts. */
function leaves(change: Change): Change[] {
  const { path, before, after } = change;
  const inner = (parts: Change[]) =>
    parts.flatMap((part) => leaves({ ...part, path: `${path}${part.path}` }));
  if (isRecord(after) && !isRecord(before)) return inner(difference({}, after));
  if (isRecord(before) && !isRecord(after)) return inner(difference(before, {}));
  return [change];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
