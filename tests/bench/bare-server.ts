/**
 * The two ceilings, from bare Node http in a process of their own: `/react` renders a page's table with React and
 * nothing else, `/bytes` sends the bytes of the whole page. Run with the page's HTML in a file; prints its port.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { renderToPipeableStream } from 'react-dom/server';
import { elements, readTree } from './html-tree.ts';
import { tableOf } from './page.ts';

const page = readFileSync(process.argv[2] ?? '');
const table = readTree(tableOf(page.toString()));
const html = { 'Content-Type': 'text/html; charset=utf-8' };

const server = createServer((request, response) => {
  if (request.url === '/bytes') {
    response.writeHead(200, { ...html, 'Content-Length': page.length }).end(page);
    return;
  }
  const { pipe } = renderToPipeableStream(elements(table), {
    onAllReady() {
      response.writeHead(200, html);
      pipe(response);
    },
  });
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
