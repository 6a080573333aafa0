import { availableParallelism } from 'node:os';
import { reactRouter } from '@react-router/dev/vite';
import tailwindcss from '@tailwindcss/vite';
import type { Plugin } from 'vite';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

// The only configuration of build, development and tests. The framework's plugin would take the test runner's
// modules for routes, so it stays out there.
const underTest = Boolean(process.env.VITEST);

const databaseServer = './tests/support/database-server.ts';
const builtPortal = './tests/support/portal-build.ts';

/** The built portal is loaded by Node itself, as it is in production, and not taken apart by the test runner. */
const asInProduction = {
  env: { NODE_ENV: 'production' },
  server: { deps: { external: [/\/build\/server\//] } },
};

function project(name: string, include: string[], test: object = {}): TestProjectConfiguration {
  return { extends: true, test: { name, include, ...test } };
}

/** In development: pages have no script of the framework that could change them in place, so the browser loads them anew. */
function reloadPages(): Plugin {
  return {
    name: 'setu-most:reload-pages',
    apply: 'serve',
    hotUpdate({ modules, server }) {
      if (this.environment.name !== 'ssr' || modules.length === 0) return;
      server.environments.client.hot.send({ type: 'full-reload' });
    },
  };
}

export default defineConfig({
  plugins: underTest ? [] : [tailwindcss(), reactRouter(), reloadPages()],
  publicDir: false,
  // One server bundle that begins at our own entry, which imports the framework's: every module is there once.
  // Some libraries go in too: their many modules refer to each other in circles, which costs Node 150 MB to untangle.
  environments: underTest
    ? {}
    : {
        ssr: {
          build: { rollupOptions: { input: 'app/server.ts' } },
          resolve: {
            noExternal: ['drizzle-orm', /^@?better-auth/, 'lucide-react'],
            // Without “node” the sign-in library would check passwords by JavaScript, and everybody would wait for it.
            conditions: ['module', 'node', 'development|production'],
          },
        },
      },
  test: {
    // Two files at a time even on a small machine: most of their time is spent waiting for the database.
    maxWorkers: Math.max(2, Math.min(4, availableParallelism())),
    reporters: ['default', './tests/support/closing-line.ts'],
    hookTimeout: 60_000,
    projects: [
      project('unit', [
        '{app,db,emails}/**/!(*.db|*.http).test.{ts,tsx}',
        'tests/support/**/!(*.db|*.http).test.ts',
      ]),
      project('integration', ['{app,db,tests/support}/**/*.db.test.ts'], {
        globalSetup: [databaseServer],
        testTimeout: 20_000,
      }),
      project('http', ['{app,tests/support}/**/*.http.test.ts', 'tests/permissions/**/*.test.ts'], {
        ...asInProduction,
        globalSetup: [builtPortal, databaseServer],
        testTimeout: 30_000,
      }),
      project('journeys', ['tests/journeys/**/*.test.ts'], {
        ...asInProduction,
        globalSetup: [builtPortal, databaseServer],
        testTimeout: 90_000,
      }),
      project('faults', ['tests/faults/**/*.test.ts'], {
        ...asInProduction,
        globalSetup: [builtPortal, databaseServer],
        testTimeout: 180_000,
        hookTimeout: 120_000,
        fileParallelism: false,
      }),
    ],
  },
});
