import type { ReactNode } from 'react';
import { Bridge } from '#app/ui/bridge.tsx';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { Columns } from '#app/ui/columns.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { History } from '#app/ui/history.tsx';
import type { Language } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Pagination } from '#app/ui/pagination.tsx';
import { Pipe } from '#app/ui/pipe.tsx';
import { Progress } from '#app/ui/progress.tsx';
import type { Side } from '#app/ui/side.ts';
import { SideBadge } from '#app/ui/side-badge.tsx';
import { SignatureList } from '#app/ui/signature-list.tsx';
import { TaskList } from '#app/ui/task-list.tsx';
import { Turn } from '#app/ui/turn.tsx';
import { TwoTexts } from '#app/ui/two-texts.tsx';
import { WaitingList } from '#app/ui/waiting-list.tsx';
import { DateOn, When } from '#app/ui/when.tsx';
import { GalleryForm } from './gallery-form.tsx';
import { galleryNow, gallerySamples, sampleDue, samplePiers } from './gallery-samples.ts';

/** Every component of `ui` with invented content, as one long record in one language. */
export function Gallery({ language }: { language: Language }) {
  const say = gallerySamples[language];
  return (
    <div lang={language}>
      <PageHeader
        title={say.title}
        crumbs={[{ label: say.crumb, href: '#exchanges' }, { label: 'EX-2026-0042' }]}
        lede={say.lede}
        state={<Chip tone="risk">{say.state}</Chip>}
        action={
          <ButtonLink kind="quiet" href="#edit">
            {say.returnIt}
          </ButtonLink>
        }
      />
      <Flash>{say.flash}</Flash>
      <Flash tone="stop">{say.refused}</Flash>
      <Bridge piers={samplePiers(language, 4)} />
      <Bridge piers={samplePiers(language, 4, true)} />
      <Columns aside={<GalleryAside language={language} />} asideLabel={say.nextTitle}>
        <Turns language={language} />
        <Card title={say.readiness}>
          <DataTable
            caption={say.readiness}
            rows={say.requirements}
            rowKey={(row) => row.name}
            columns={[
              { key: 'name', head: say.heads.name, cell: (row) => row.name },
              { key: 'whose', head: say.heads.whose, cell: (row) => <SideBadge side={row.side} /> },
              {
                key: 'by',
                head: say.heads.actBy,
                cell: (row) => (row.actBy ? <DateOn on={row.actBy} year={false} /> : '—'),
              },
              {
                key: 'state',
                head: say.heads.state,
                cell: (row) => (
                  <span>
                    <Chip tone={row.tone}>{row.state}</Chip> <span className="note">{row.reason}</span>
                  </span>
                ),
              },
            ]}
          />
        </Card>
        <Card title={say.programme} note={say.version}>
          <TwoTexts en={say.textEn} addHref={{ ru: '#ru' }} credit={{ en: say.credit }} />
        </Card>
        <Card title={say.signatures}>
          <SignatureList
            signatures={say.people.map(([name, capacity, institution, note], index) => ({
              key: String(capacity),
              name: name || undefined,
              capacity: String(capacity),
              institution: String(institution),
              side: index === 2 ? 'ru' : 'in',
              state: (['voided', 'signed', 'waiting'] as const)[index] ?? 'waiting',
              version: index === 0 ? 1 : 2,
              at: index === 2 ? undefined : galleryNow,
              note: note || undefined,
            }))}
          />
        </Card>
        <Card title={say.form}>
          <GalleryForm language={language} />
        </Card>
      </Columns>
    </div>
  );
}

function Turns({ language }: { language: Language }) {
  const say = gallerySamples[language];
  const ask: ReactNode = (
    <ButtonLink kind="quiet" href="#ask">
      {say.ask}
    </ButtonLink>
  );
  return (
    <>
      <Turn
        id={`turn-${language}`}
        heading={say.turn}
        side="ru"
        until={sampleDue[0].due}
        now={galleryNow}
        action={ask}
      >
        <p>{say.next}</p>
      </Turn>
      <Turn
        id={`yours-${language}`}
        heading={say.yours}
        side="in"
        untilDate="2026-12-12"
        yours
        action={
          <>
            <ButtonLink href="#sign">{say.sign}</ButtonLink>
            {ask}
          </>
        }
      >
        <p>{say.yoursNext}</p>
      </Turn>
      <Card title={say.waiting}>
        <WaitingList
          now={galleryNow}
          tasks={say.tasks.map(([title, detail], index) => ({
            title: String(title),
            href: `#task-${index}`,
            detail,
            ...sampleDue[index],
          }))}
        />
      </Card>
      <Card title={say.form}>
        <TaskList
          items={say.parts.map(([title, status], index) => ({
            title: String(title),
            status: String(status),
            href: index < 2 ? `#part-${index}` : undefined,
            tone: (['ok', 'risk', 'idle'] as const)[index] ?? 'idle',
          }))}
        />
      </Card>
    </>
  );
}

function GalleryAside({ language }: { language: Language }) {
  const say = gallerySamples[language];
  const numbers = [7, 4, 1000, 2];
  return (
    <>
      <Card title={say.nextTitle} tone="ok">
        <p>{say.nothing}</p>
        <p className="note">
          <When at={galleryNow} />
        </p>
      </Card>
      <Card title={say.crumb}>
        <Pipe
          items={say.numbers.map((label, index) => ({
            label,
            count: numbers[index] ?? 0,
            capped: index === 2,
            current: index === 0,
            tone: index === 3 ? 'stop' : undefined,
            href: `#pipe-${index}`,
          }))}
        />
        <Pagination count={1000} capped nextHref="#next" previousHref="#previous" />
      </Card>
      <Card title={say.sending}>
        <Progress
          label={say.sending}
          total={214}
          parts={say.deliveries.map((label, index) => ({
            label,
            value: [148, 41, 3, 22][index] ?? 0,
            tone: (['ok', 'act', 'stop', 'idle'] as const)[index] ?? 'idle',
            href: index === 2 ? '#bounced' : undefined,
          }))}
        />
      </Card>
      <Card title={say.history}>
        <History
          entries={say.happened.map((what, index) => ({
            key: what,
            what,
            on: ['2026-11-18', '2026-11-16', '2026-11-09', '2026-11-02'][index],
            side: (['in', undefined, 'ru', undefined] as (Side | undefined)[])[index],
          }))}
        />
      </Card>
      <Card>
        <Facts facts={say.facts.map(([term, value]) => ({ term: String(term), value }))} />
      </Card>
      <EmptyState title={say.empty} action={<ButtonLink href="#calls">{say.emptyAction}</ButtonLink>}>
        {say.emptyText}
      </EmptyState>
    </>
  );
}
