import {
  type Choices,
  confirmTable,
  NO_CHOICES,
  previewTable,
  type Reading,
  type TableImport,
} from '#app/platform/table-import.server.ts';
import type { Visitor } from '#tests/support/visitor.ts';

/** Confirms an import as its preview shows it, with what is ticked there. */
export async function confirmAsShown<Row extends { row: number }, Of extends Reading<Row>, Done>(
  list: TableImport<Row, Of, Done>,
  id: string,
  now: Date,
  { shown = NO_CHOICES, ticked = NO_CHOICES }: { shown?: Choices; ticked?: Choices } = {},
): Promise<Done> {
  const { seal } = await previewTable(list, id, shown);
  return confirmTable(list, id, { shown, ticked, seal }, now);
}

/** What the form of a page sends unseen, by name. */
export function hiddenFields(html: string): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const [input] of html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const [, name = ''] = /name="([^"]*)"/.exec(input) ?? [];
    const [, value = ''] = /value="([^"]*)"/.exec(input) ?? [];
    fields[name] = [...(fields[name] ?? []), value];
  }
  return fields;
}

/** Looks at a preview and confirms it, as a browser's form does. */
export async function confirmPage(
  who: Visitor,
  preview: string,
  ticks: { take?: string[]; skip?: string[] } = {},
  follow = true,
) {
  const page = await who.get(preview);
  return who.post(preview, { ...hiddenFields(page.text), ...ticks }, { follow });
}
