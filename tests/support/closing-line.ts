import type { Reporter, TestModule, Vitest } from 'vitest/node';

/**
 * Ends a run with one plain line, `N passed, N failed`, and fails it when a test was skipped in code: a test
 * that does not run is said aloud. (Tests left out by a name filter on the command line are not counted.)
 */
export default class ClosingLine implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest) {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // A file that could not be loaded, or an error outside any test, counts as a failure of its own.
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    const failed = count('failed') + broken;
    const filtered = this.#vitest?.getGlobalTestNamePattern() !== undefined;
    const skipped = filtered ? 0 : count('skipped') + count('pending');
    console.log(`${count('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} not run` : ''}`);
    if (failed > 0 || skipped > 0) process.exitCode = 1;
  }
}
