import type { ReactNode } from 'react';
import type { HeldField, LookView, PersonFileView } from '#lib/privacy/people/view-person.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Day, Time } from '../ui/time.tsx';
import { ConfirmTie } from './confirm-tie.tsx';
import { EndTie, TakeBackEnd } from './end-tie.tsx';
import { ErasureBlockers } from './erasure-blockers.tsx';
import { OpenPerson } from './open-person.tsx';
import { roleWords } from './person-words.ts';

const heldColumns: readonly Column<HeldField>[] = [
  {
    id: 'field',
    head: 'What is held',
    cell: ({ label, category, withheld, until, purposes }) => (
      <>
        <span className="font-medium">{label}</span>
        <span className="block text-sm text-text-quiet">
          {category}
          {withheld && ', not shown to the person'}
        </span>
        <NarrowLine word="Why">{purposes.join('; ')}</NarrowLine>
        <NarrowLine word="Until when">{until}</NarrowLine>
      </>
    ),
  },
  {
    id: 'why',
    narrow: 'hidden',
    head: 'Why',
    wrap: true,
    cell: ({ purposes, basis }) => (
      <>
        {purposes.join('; ')}
        <span className="block text-sm text-text-quiet">{basis}</span>
      </>
    ),
  },
  {
    id: 'until',
    narrow: 'hidden',
    head: 'Until when',
    wrap: true,
    cell: ({ until, law }) => (
      <>
        {until}
        <span className="block text-sm text-text-quiet">{law}</span>
      </>
    ),
  },
  {
    id: 'recorded',
    narrow: 'hidden',
    head: 'Recorded',
    quiet: true,
    cell: ({ source, recordedAt, version }) => (
      <>
        <Time instant={recordedAt} style="day" />
        <span className="block text-sm">
          {source}
          {version > 1 && `, version ${version}`}
        </span>
      </>
    ),
  },
];

const lookColumns: readonly Column<LookView & { key: string }>[] = [
  { id: 'at', head: 'When', cell: ({ at }) => <Time instant={at} style="minute" /> },
  { id: 'by', head: 'Who', cell: ({ by }) => <bdi>{by}</bdi> },
  {
    id: 'purpose',
    head: 'What for',
    wrap: true,
    cell: ({ purpose, reference }) => (
      <>
        {purpose}
        {reference !== null && <span className="block text-sm text-text-quiet">{reference}</span>}
      </>
    ),
  },
];

/** A person: what is held, why and until when, and who has seen it. The one place where it can be read. */
export function PersonRecord({
  view,
  children,
}: {
  view: PersonFileView;
  /** What of it is restricted, was stopped and was corrected. */
  children?: ReactNode;
}) {
  const { person, held, looks, hasMoreLooks, erasedAt, can } = view;
  return (
    <div className="max-w-[68rem]">
      <PageHeader
        crumbs={[{ label: 'People’s data', href: '/privacy/people' }, { label: person }]}
        title={<span className="figures-mono">{person}</span>}
        state={stateOf(view)}
      />
      <LiveRefresh topics={['people']} />
      <div className="space-y-10">
        {erasedAt !== null && (
          <Notice tone="info" title="This person was erased.">
            Their key was destroyed <Time instant={erasedAt} style="minute" />. What was sealed with
            it can’t be read by anybody, wherever a copy of it is.
          </Notice>
        )}
        <DescriptionList items={factsOf(view)} />
        {can.open && held.length > 0 && (
          <section className="screen-only">
            <SectionHeading>Read the data</SectionHeading>
            <p className="mb-4 prose-line text-text-quiet">
              Who opens it, what for and when is written down, and the person can ask for it.
            </p>
            <OpenPerson person={person} purposes={view.purposes} />
          </section>
        )}
        <section>
          <SectionHeading>What is held, why and until when</SectionHeading>
          <Table
            label="What is held, why and until when"
            columns={heldColumns}
            rows={held}
            rowKey={({ field }) => field}
            empty="Nothing is held of this person."
          />
        </section>
        {children}
        {view.erasure !== null && <ErasureSection erasure={view.erasure} />}
        <section>
          <SectionHeading>Who has seen it</SectionHeading>
          <Table
            label="Who has seen it, newest first"
            columns={lookColumns}
            rows={looks.map((look, place) => ({ ...look, key: `${look.at} ${place}` }))}
            rowKey={({ key }) => key}
            empty="Nobody has opened it."
            foot={hasMoreLooks ? `The ${looks.length} newest` : undefined}
          />
        </section>
      </div>
    </div>
  );
}

function ErasureSection({ erasure }: { erasure: NonNullable<PersonFileView['erasure']> }) {
  const { blockers, freeOn } = erasure;
  return (
    <section>
      <SectionHeading>What stands against erasing it</SectionHeading>
      <p className="mb-3 text-text-quiet">
        {blockers.length === 0 && 'Nothing: a request to erase it can be granted.'}
        {blockers.length > 0 && freeOn !== null && (
          <>
            The last of it ends on <Day date={freeOn} />.
          </>
        )}
        {freeOn === null && 'It ends when what has no day below is over.'}
      </p>
      <ErasureBlockers blockers={blockers} />
    </section>
  );
}

function stateOf({ erasedAt, held, isOperator, ties }: PersonFileView): string {
  if (erasedAt !== null) return 'Erased. An id without a person is left.';
  const fields = `${held.length} ${held.length === 1 ? 'detail is' : 'details are'} held, sealed under a key of the person’s own.`;
  if (isOperator && ties.length === 0) return `Works with the console. ${fields}`;
  return fields;
}

function factsOf({ ties, isOperator, createdAt, person, can }: PersonFileView) {
  return [
    {
      term: 'Is',
      detail: (
        <ul>
          {isOperator && (
            <li>
              <TextLink href={`/operators/${person}`}>Works with the console</TextLink>
            </li>
          )}
          {ties.map(({ client, role, until, since, takenBackUntil, confirmer, isConfirmable }) => (
            <li key={`${client} ${role} ${since}`}>
              {roleWords[role] ?? role} of <TextLink href={`/clients/${client}`}>{client}</TextLink>{' '}
              since <Time instant={since} style="day" />
              {until !== null && (
                <>
                  {' '}
                  until <Time instant={until} style="day" />
                </>
              )}
              {takenBackUntil !== null && (
                <>
                  ; it counts from <Day date={takenBackUntil} />
                  {can.write && (
                    <span className="screen-only ms-2">
                      <TakeBackEnd person={person} client={client} role={role} />
                    </span>
                  )}
                </>
              )}
              {confirmer !== null && (
                <>
                  ; confirmed by <bdi>{confirmer}</bdi>
                </>
              )}
              {isConfirmable && (
                <span className="screen-only ms-2">
                  <ConfirmTie person={person} client={client} since={since} />
                </span>
              )}
              {until === null && can.write && (
                <span className="screen-only ms-2">
                  <EndTie person={person} client={client} role={role} />
                </span>
              )}
            </li>
          ))}
          {!isOperator && ties.length === 0 && <li>Not tied to a client</li>}
        </ul>
      ),
    },
    { term: 'On record since', detail: <Time instant={createdAt} style="day" /> },
  ];
}
