import { availableParallelism } from 'node:os';
import { reactRouter } from '@react-router/dev/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

// The only configuration of build, development and tests. The framework's plugin would take the test runner's
// modules for routes, so it stays out there.
const underTest = Boolean(process.env.VITEST);

const databaseServer = 'tests/support/database-server.ts';
const builtPortal = 'tests/support/portal-build.ts';

function project(name: string, include: string[], test: object = {}): TestProjectConfiguration {
  return { extends: true, test: { name, include, ...test } };
}

export default defineConfig({
  plugins: underTest ? [] : [tailwindcss(), reactRouter()],
  test: {
    // Two files at a time even on a small machine: most of their time is spent waiting for the database.
    maxWorkers: Math.max(2, Math.min(4, availableParallelism())),
    reporters: ['default', 'tests/support/closing-line.ts'],
    hookTimeout: 60_000,
    projects: [
      project('unit', [
        '{app,db,emails}/**/!(*.db|*.http).test.{ts,tsx}',
        'tests/support/**/!(*.db).test.ts',
      ]),
      project('integration', ['{app,db,tests/support}/**/*.db.test.ts'], {
        globalSetup: [databaseServer],
        testTimeout: 20_000,
      }),
      project('http', ['app/**/*.http.test.ts', 'tests/permissions/**/*.test.ts'], {
        globalSetup: [databaseServer, builtPortal],
        testTimeout: 30_000,
      }),
      project('journeys', ['tests/journeys/**/*.test.ts'], {
        globalSetup: [databaseServer, builtPortal],
        testTimeout: 90_000,
      }),
      project('faults', ['tests/faults/**/*.test.ts'], {
        globalSetup: [databaseServer, builtPortal],
        testTimeout: 180_000,
        hookTimeout: 120_000,
        fileParallelism: false,
      }),
    ],
  },
});
