import { expect, test } from 'vitest';
import { findUntranslated } from './visible-words.ts';

const found = (jsx: string) => findUntranslated(new Map([['app/x.tsx', `export const x = ${jsx};`]]));

test.each([
  '<p>Welcome</p>',
  "<p>{open ? 'Open' : t('closed')}</p>",
  '<p>{`Hello ${name}`}</p>',
  '<button aria-label="Close" />',
  '<meta name="description" content="A portal of two institutes" />',
  '<>Привет</>',
])('%s is found', (jsx) => {
  expect(found(jsx)).toHaveLength(1);
});

test.each([
  "<p>{t('welcome')}</p>",
  '<p>✓ · — 100 %</p>',
  '<a href="/">Setu–Most</a>',
  '<p className="text-lg" id="main">{name}</p>',
  "<p>{kind === 'open' && <b />}</p>",
  '<meta name="viewport" content="width=device-width, initial-scale=1" />',
])('%s is let be', (jsx) => {
  expect(found(jsx)).toEqual([]);
});
