import type { PlanAction, PlanLine } from '#lib/privacy/erasure/plan.ts';
import type { CarriedView, ErasureView } from '#lib/privacy/erasure/view-erasure.ts';
import { countOf } from '../operations/counts.ts';
import { DescriptionList } from '../ui/description-list.tsx';
import { Hash } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { StatusMark, type StatusShape } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { Day, Time } from '../ui/time.tsx';
import type { Tone } from '../ui/tone.ts';
import { ErasureBlockers } from './erasure-blockers.tsx';

/** What a request erases: what goes and stays, what stands against it, how far it is, and what proves it. */
export function ErasurePlanSection({ view }: { view: ErasureView | null }) {
  if (view === null) return null;
  const { plan, carried, comesBack } = view;
  if (plan === null && carried === null && comesBack === null) return null;
  return (
    <section aria-label="Erasure" className="space-y-4">
      <SectionHeading>Erasure</SectionHeading>
      {comesBack !== null && <ComesBack on={comesBack.on} />}
      {carried !== null && <Carried carried={carried} />}
      {plan !== null && <Plan plan={plan} />}
    </section>
  );
}

const outcomes = {
  whole:
    'Nothing stands against it: everything in the vault goes, with its key. What other systems keep by law stays under an id without a person.',
  part: 'Some of it can go now. The rest stays until what stands against it ends, or by the law that is named beside it.',
  nothing: 'Nothing can go now.',
} as const;

function Plan({ plan }: { plan: NonNullable<ErasureView['plan']> }) {
  const { outcome, lines, blockers, freeOn, digest } = plan;
  return (
    <>
      <p className="text-text-quiet">
        {outcomes[outcome]}
        {blockers.length > 0 && freeOn !== null && (
          <>
            {' '}
            The last of it ends on <Day date={freeOn} />.
          </>
        )}
      </p>
      <ErasureBlockers blockers={blockers} />
      <Table
        label="What is held, and what happens to it"
        columns={lineColumns}
        rows={lines}
        rowKey={({ code }) => code}
        empty="Nothing is held."
        foot={
          <>
            SHA-256 of the plan, which the decision names: <Hash value={digest} groups={4} />
          </>
        }
      />
    </>
  );
}

const actions: Readonly<Record<PlanAction, { word: string; shape: StatusShape; tone: Tone }>> = {
  destroy: { word: 'Goes, key destroyed', shape: 'square', tone: 'danger' },
  delete: { word: 'Deleted', shape: 'square', tone: 'danger' },
  'black-out': { word: 'Blacked out', shape: 'square', tone: 'danger' },
  keep: { word: 'Stays', shape: 'ring', tone: 'quiet' },
};

function Action({ line }: { line: PlanLine }) {
  const { word, shape, tone } = actions[line.action];
  return (
    <>
      <StatusMark shape={shape} tone={tone}>
        {word}
      </StatusMark>
      {line.until !== null && (
        <span className="block text-sm text-text-quiet">
          until <Day date={line.until} />
        </span>
      )}
    </>
  );
}

const lineColumns: readonly Column<PlanLine>[] = [
  {
    id: 'what',
    head: 'Held',
    wrap: true,
    cell: (line) => (
      <>
        <span className="font-medium">{line.label}</span>
        <span className="block text-sm text-text-quiet">{line.why}</span>
        <NarrowLine word="What happens">
          <Action line={line} />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'count',
    head: 'Records',
    align: 'end',
    cell: ({ count }) => <span className="tabular-nums">{count.toLocaleString('en')}</span>,
  },
  {
    id: 'action',
    head: 'What happens',
    narrow: 'hidden',
    cell: (line) => <Action line={line} />,
  },
];

function ComesBack({ on }: { on: string | null }) {
  return (
    <Notice title="It comes back by itself.">
      {on === null ? (
        'It is looked at each night, and opened again once nothing stands against it. Two people decide anew.'
      ) : (
        <>
          On <Day date={on} /> it is opened again, where nothing else came up. Two people decide
          anew.
        </>
      )}
    </Notice>
  );
}

function Carried({ carried }: { carried: CarriedView }) {
  const { state, stateWords, isOpen, left, steps } = carried;
  if (left !== null)
    return (
      <Notice tone="caution" title="It was not carried out.">
        {left}. Nothing that is known of the person went. Look at the plan and decide anew.
      </Notice>
    );
  return (
    <>
      <p>
        <StatusMark shape={isOpen ? 'ring' : 'dot'} tone={state === 'proved' ? 'good' : 'quiet'}>
          {stateWords}
        </StatusMark>
      </p>
      <ol className="space-y-1" aria-label="Steps of the erasure">
        {steps.map(({ name, at }) => (
          <li key={name} className="flex flex-wrap justify-between gap-x-4">
            <StatusMark shape={at === null ? 'ring' : 'dot'} tone={at === null ? 'quiet' : 'good'}>
              {name}
            </StatusMark>
            <span className="text-sm text-text-quiet">
              {at === null ? 'Not yet' : <Time instant={at} style="minute" />}
            </span>
          </li>
        ))}
      </ol>
      <Proof carried={carried} />
    </>
  );
}

function Proof({ carried: { scope, gone, receipt, proof } }: { carried: CarriedView }) {
  if (receipt === null || proof === null) return null;
  const {
    found,
    kept = [],
    unopened = [],
    requests,
    unread,
    unreadable,
    witness,
    ...looked
  } = proof;
  const { tables, rows, sealed, journals, accounts } = looked;
  return (
    <>
      {found.length > 0 && (
        <Notice tone="caution" title="One of the values still stands somewhere.">
          {found.map(({ where, count }) => `${where} (${countOf(count, 'row')})`).join(', ')}. See
          whether it is this person’s, and what the law says of it there. The answer says what
          became of each.
        </Notice>
      )}
      {unopened.length > 0 && (
        <Notice
          tone="caution"
          title="Some rows could not be read, so they were not looked through."
        >
          {unopened.map(({ where, count }) => `${where} (${countOf(count, 'row')})`).join(', ')}.
          They do not open, or are not what their table keeps: somebody made them up, or the disk
          lost them. An incident is open about it. Whether the person stands in them is not known.
        </Notice>
      )}
      <DescriptionList
        look="compact"
        items={[
          { term: 'Erased', detail: scope === 'whole' ? 'Everything' : 'In part' },
          {
            term: 'Went',
            detail: `${countOf(gone.values ?? 0, 'field version')}, ${countOf(gone.hashes ?? 0, 'search hash', 'search hashes')}, ${countOf(gone.texts ?? 0, 'text')} blacked out${(gone.keptTexts ?? 0) > 0 ? `, ${countOf(gone.keptTexts ?? 0, 'text')} kept by law` : ''}`,
          },
          {
            term: 'Key destroyed',
            detail: `In ${countOf(receipt.places, 'place')}; root key ${receipt.rootBefore} is no more, ${receipt.rootAfter} came after`,
          },
          {
            term: 'Does not open',
            detail: (
              <>
                {countOf(unreadable, 'sealed value')} from before, SHA-256{' '}
                <Hash value={witness} groups={2} />
              </>
            ),
          },
          {
            term: 'Looked through',
            detail: `${countOf(tables, 'table')}, ${countOf(rows, 'row')}, ${countOf(sealed, 'sealed text')}${unread.length > 0 ? `; not read by the worker: ${unread.join(', ')}` : ''}`,
          },
          ...(requests
            ? [
                {
                  term: 'Their own requests',
                  detail: `${countOf(requests.cleared, 'request')} cleared: ${countOf(requests.texts, 'text')} blacked out, ${countOf(requests.files, 'file')} destroyed`,
                },
              ]
            : []),
          ...kept.map(({ where, count, article, why }) => ({
            term: `Kept, Art ${article}`,
            detail: `${where} (${countOf(count, 'row')}): ${why}`,
          })),
          {
            term: 'Books',
            detail: `They hold: ${countOf(journals, 'journal')}, ${countOf(accounts, 'account')}`,
          },
        ]}
      />
    </>
  );
}
