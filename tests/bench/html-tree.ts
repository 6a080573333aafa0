import { createElement, type ReactNode } from 'react';

/** An element of a page, or a text. */
export type Tree = string | { tag: string; attributes: Record<string, string>; children: Tree[] };

const EMPTY = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'wbr']);

/** Reads HTML that React wrote: every attribute quoted, every element closed. */
export function readTree(html: string): Tree {
  const root: Exclude<Tree, string> = { tag: 'root', attributes: {}, children: [] };
  const open = [root];
  for (const [, close, tag, attributes = '', text] of html
    .replaceAll('<!-- -->', '')
    .matchAll(/<(\/?)([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>|([^<]+)/gi)) {
    const parent = open.at(-1) ?? root;
    if (text !== undefined) parent.children.push(plain(text));
    else if (close) open.pop();
    else if (tag) {
      const element = { tag, attributes: attributesOf(attributes), children: [] };
      parent.children.push(element);
      if (!EMPTY.has(tag)) open.push(element);
    }
  }
  return root.children[0] ?? '';
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [NAMES[name] ?? name, plain(value)]));
}

const NAMES: Record<string, string> = { class: 'className', datetime: 'dateTime', tabindex: 'tabIndex' };

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');
}

/** The same as React elements, made anew at each call; one component for each row of a table. */
export function elements(tree: Tree, key?: number): ReactNode {
  if (typeof tree === 'string') return tree;
  if (tree.tag === 'tr') return createElement(Row, { key, tree });
  return plainElement(tree, key);
}

function Row({ tree }: { tree: Exclude<Tree, string> }): ReactNode {
  return plainElement(tree);
}

function plainElement({ tag, attributes, children }: Exclude<Tree, string>, key?: number): ReactNode {
  return createElement(tag, { ...attributes, key }, ...children.map((child) => elements(child)));
}
