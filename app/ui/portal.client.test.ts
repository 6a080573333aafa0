import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';

test('the only script of the portal is at most 3 kB', async () => {
  const answer = (await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      rolldownOptions: { input: fileURLToPath(new URL('portal.client.ts', import.meta.url)) },
    },
  })) as Rolldown.RolldownOutput;
  const code = answer.output.map((file) => ('code' in file ? file.code : '')).join('');
  expect(code).toContain('EventSource');
  expect(code.length).toBeLessThanOrEqual(3072);
  expect(gzipSync(code).length).toBeLessThanOrEqual(1536);
});
