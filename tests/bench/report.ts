import type { Growth } from './growth.ts';
import type { ImportRun } from './imports.ts';
import type { Load } from './load.ts';
import type { PageWeight, Weight } from './page.ts';
import type { Memory } from './processes.ts';
import type { Submissions } from './submissions.ts';
import type { Uploads } from './uploads.ts';

export interface Results {
  at: string;
  machine: string;
  people: number;
  applications: number;
  measured: Load[];
  imports: ImportRun[];
  growth: Growth[];
  submissions: Submissions[];
  uploads: Uploads[];
  weights: PageWeight[];
  firstAnswer: { milliseconds: number; starts: number };
  memory: { rest: Memory | null; afterLoad: Memory | null };
  /** Processor milliseconds of one check of a password: the most sign-ins a core can do. */
  passwordCheck: number;
  /** Of the last five minutes: above the number of processors, others were at work too, and the rates are too low. */
  loadAverage: number;
}

/** Names of the two ceilings among what was measured. */
export const BARE_REACT = 'the same table, bare React';
export const BARE_BYTES = 'the same bytes, bare Node http';
export const LIST = '/exchanges, 100 rows';

/** The results as the tables of `docs/bench.md`. */
export function report(results: Results): string {
  const parts = [
    results.measured.length > 0 && speeds(results),
    results.imports.length > 0 && imports(results.imports),
    results.growth.length > 0 && growth(results.growth),
    results.submissions.length > 0 && submissions(results.submissions),
    results.uploads.length > 0 && uploads(results.uploads),
    results.weights.length > 0 && weights(results.weights),
    facts(results),
  ];
  return parts.filter(Boolean).join('\n\n');
}

function speeds({ measured }: Results): string {
  const rows = measured.map((load) => {
    const { name, connections, rate, p50, p99, cpu } = load;
    const { react, bytes } = load.beside ?? { react: BARE_REACT, bytes: BARE_BYTES };
    const beside = (of: string) => measured.find((one) => one.name === of && one.connections === connections);
    const share = (of: string, by: (one: Load) => number) => {
      const ceiling = beside(of);
      return ceiling && by(load) > 0 ? percent(by(load) / by(ceiling)) : '';
    };
    return [
      name,
      String(connections),
      rate.toFixed(rate < 100 ? 1 : 0),
      p50.toFixed(1),
      p99.toFixed(1),
      cpu.node.toFixed(cpu.node < 1 ? 2 : 1),
      cpu.postgres === 0 ? '' : cpu.postgres.toFixed(1),
      share(react, (one) => one.rate),
      share(react, (one) => 1 / one.cpu.node),
      share(bytes, (one) => one.rate),
    ];
  });
  return table(
    [
      'What is asked',
      'Connections',
      'Answers/s',
      'p50 ms',
      'p99 ms',
      'CPU ms, Node',
      'CPU ms, PostgreSQL',
      'of bare React',
      'of bare React, by CPU',
      'of bare bytes',
    ],
    rows,
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.05 ? 1 : 0)} %`;
}

function imports(runs: ImportRun[]): string {
  const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(2);
  const rows = runs.map(({ what, fileBytes, received, previewed, confirmed, memory }) => [
    what,
    kilobytes(fileBytes),
    seconds(received),
    seconds(previewed),
    seconds(confirmed),
    ...(memory.peak === 0
      ? ['', '', '']
      : [mb(memory.before), mb(memory.peak), mb(memory.peak - memory.before)]),
  ]);
  const heads = [
    'Imported',
    'File kB',
    'Received s',
    'Preview s',
    'Confirmed s',
    'MB before',
    'MB at most',
    'MB more',
  ];
  return table(heads, rows);
}

/** Each size against the smallest: by processor time, of the portal and of PostgreSQL together. */
function growth(found: Growth[]): string {
  const cost = ({ load }: Growth) => load.cpu.node + load.cpu.postgres;
  const rows = found.map((one) => {
    const { what, applications, load } = one;
    const smallest = found
      .filter((other) => other.what === what && other.load.connections === load.connections)
      .reduce((least, other) => (other.applications < least.applications ? other : least));
    return [
      what,
      String(applications),
      String(load.connections),
      load.rate === 0 ? '' : load.rate.toFixed(0),
      load.p50.toFixed(1),
      load.p99.toFixed(1),
      load.cpu.node.toFixed(1),
      load.cpu.postgres.toFixed(1),
      cost(smallest) > 0 ? `${(cost(one) / cost(smallest)).toFixed(2)}×` : '',
    ];
  });
  const heads = [
    'As rows grow',
    'Applications',
    'Connections',
    'Answers/s',
    'p50 ms',
    'p99 ms',
    'CPU ms, Node',
    'CPU ms, PostgreSQL',
    'of the smallest, by CPU',
  ];
  return table(heads, rows);
}

function submissions(runs: Submissions[]): string {
  const rows = runs.map(({ count, median, slowest, all, cpu, kept }) => [
    String(count),
    median.toFixed(0),
    slowest.toFixed(0),
    (count / (all / 1000)).toFixed(1),
    cpu.node.toFixed(1),
    cpu.postgres.toFixed(1),
    `${kept.submitted}, ${kept.versions}, ${kept.auditRows}`,
    `${kept.inbox}, ${kept.mails}`,
  ]);
  const heads = [
    'Submitted at once, each 303',
    'Median ms',
    'Slowest ms',
    'Submissions/s',
    'CPU ms, Node',
    'CPU ms, PostgreSQL',
    'Submitted, versions, audit rows',
    'Inbox entries, mails',
  ];
  return table(heads, rows);
}

function uploads(runs: Uploads[]): string {
  const rows = runs.map(({ count, rounds, size, again, all, cpu, memory }) => [
    `${count} × ${mb(size)} MB${rounds > 1 ? `, ${rounds} times over` : ''}`,
    (all / 1000).toFixed(1),
    String(again),
    cpu.node.toFixed(0),
    ...(memory.peak === 0
      ? ['', '', '']
      : [mb(memory.before), mb(memory.peak), mb(memory.peak - memory.before)]),
  ]);
  const heads = [
    'Uploaded at once',
    'All stored s',
    'Told to try again',
    'CPU ms of a file, Node',
    'MB before',
    'MB at most',
    'MB more',
  ];
  return table(heads, rows);
}

function weights(pages: PageWeight[]): string {
  const both = ({ raw, gzip }: Weight) => (raw === 0 ? '0' : `${kilobytes(raw)} (${kilobytes(gzip)})`);
  const rows = pages.map(({ path, html, css, js }) => [path, both(html), both(css), both(js)]);
  return table(['Page', 'HTML kB (gzip)', 'CSS kB (gzip)', 'JavaScript kB (gzip)'], rows);
}

function facts({ firstAnswer, memory, passwordCheck, loadAverage, machine, measured }: Results): string {
  const megabytes = (found: Memory | null) =>
    found
      ? `${mb(found.node)} MB portal + ${mb(found.postgres)} MB PostgreSQL = ${mb(found.node + found.postgres)} MB`
      : 'not known on this system';
  const list = measured.filter((one) => one.name === LIST);
  return table(
    ['Fact', 'Measured'],
    [
      [
        'First answer after the start, built and migrated',
        `${(firstAnswer.milliseconds / 1000).toFixed(2)} s (middle of ${firstAnswer.starts})`,
      ],
      ['Memory at rest, queue running', megabytes(memory.rest)],
      ['Memory after the load', megabytes(memory.afterLoad)],
      ['One check of a password (scrypt)', `${passwordCheck.toFixed(0)} ms of one core`],
      ['Machine', machine],
      ['Processes that wanted a processor meanwhile (load average)', loadAverage.toFixed(1)],
      ['Answers of the list in all', String(list.reduce((sum, one) => sum + one.requests, 0))],
    ],
  );
}

function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const rule = heads.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(heads), line(rule), ...rows.map(line)].join('\n');
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
