import { globSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

/** The project's root directory, from which every path here is told. */
export const projectRoot = resolve(import.meta.dirname, '../..');

/** Source text by path from the root, with forward slashes. */
export type Sources = ReadonlyMap<string, string>;

/**
 * Reads every file that matches one of the patterns.
 * @param patterns globs from the project's root, such as `app/**\/*.tsx`
 */
export function readSources(patterns: string[]): Sources {
  const paths = globSync(patterns, { cwd: projectRoot }).map((path) =>
    relative(projectRoot, resolve(projectRoot, path)).replaceAll('\\', '/'),
  );
  return new Map(
    [...new Set(paths)].sort().map((path) => [path, readFileSync(resolve(projectRoot, path), 'utf8')]),
  );
}

/**
 * Ends a check: prints what it found, or what it looked at, and sets the exit code.
 * @param name the check, as a person would call it
 * @param findings one line each; none means the check passed
 * @param scope what was looked at, such as `212 files`
 */
export function closeCheck(name: string, findings: string[], scope: string): void {
  if (findings.length === 0) {
    console.log(`${name}: clean (${scope})`);
    return;
  }
  for (const finding of findings) console.error(finding);
  console.error(`${name}: ${findings.length} to mend (${scope})`);
  process.exitCode = 1;
}
