/** A run of words that stands in both texts, only in the earlier, or only in the later one. */
export type Run = { kind: 'same' | 'removed' | 'added'; text: string };

/** Beyond so many cells of comparison the middle is shown as replaced whole: a page is not worth more. */
const MOST_CELLS = 4_000_000;

/** Where two texts differ, word by word; spaces and line ends belong to the word before them. */
export function textDifference(before: string, after: string): Run[] {
  const [old, fresh] = [words(before), words(after)];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (
    end < old.length - start &&
    end < fresh.length - start &&
    old[old.length - 1 - end] === fresh[fresh.length - 1 - end]
  )
    end += 1;
  const runs: Run[] = [];
  const add = (kind: Run['kind'], text: string) => {
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += text;
    else if (text !== '') runs.push({ kind, text });
  };
  add('same', old.slice(0, start).join(''));
  compare(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end), add);
  add('same', old.slice(old.length - end).join(''));
  return runs;
}

const words = (text: string) => text.match(/\S+\s*|\s+/g) ?? [];

/** The longest common run of words by the table of lengths (Wagner and Fischer, 1974). */
function compare(
  old: readonly string[],
  fresh: readonly string[],
  add: (kind: Run['kind'], text: string) => void,
): void {
  if (old.length * fresh.length > MOST_CELLS) {
    add('removed', old.join(''));
    add('added', fresh.join(''));
    return;
  }
  const width = fresh.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      add('same', old[i] ?? '');
      i += 1;
      j += 1;
    } else if (j >= fresh.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      add('removed', old[i] ?? '');
      i += 1;
    } else {
      add('added', fresh[j] ?? '');
      j += 1;
    }
  }
}
