import type { Answer, TraceLine } from '#lib/operations/policy/answer.ts';
import type { DryRun } from '#lib/operations/policy/dry-run.ts';
import type { FactLine } from '#lib/operations/policy/fact-lines.ts';
import { DescriptionList } from '../../ui/description-list.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Time } from '../../ui/time.tsx';

const DIFFERENCES = {
  refused: 'The draft refuses what is allowed now.',
  allowed: 'The draft allows what is refused now.',
  otherwise: 'The draft asks for other people or waits.',
} as const;

/** Both answers side by side, the way to each, and the facts they rest on. */
export function DryRunResult({ result }: { result: DryRun }) {
  const { about, operation, inForce, draft, shift, version, facts } = result;
  return (
    <div className="space-y-4" data-dry-run="">
      <p role="status">
        {operation ? (
          <TextLink href={`/operations/${operation.id}`}>{operation.number}</TextLink>
        ) : null}
        {operation && ' · '}
        {about}.{' '}
        {draft && (
          <strong>
            {shift === null
              ? 'The draft answers as the version in force does.'
              : DIFFERENCES[shift]}
          </strong>
        )}
      </p>
      <div className={draft ? 'grid gap-4 full:grid-cols-2' : ''}>
        {draft && <AnswerPanel title="Under the draft" answer={draft} />}
        <AnswerPanel title={`Under version ${version}, in force`} answer={inForce} />
      </div>
      <Facts facts={facts} />
      <p className="text-sm text-text-quiet">
        Only rules and caps are asked here. Parties look at their own records, and at freezes, funds
        and the book of destinations as well.
      </p>
    </div>
  );
}

function AnswerPanel({ title, answer }: { title: string; answer: Answer }) {
  const isRefused = answer.outcome.effect === 'deny';
  return (
    <Panel label={title}>
      <div className="px-4 py-3">
        <p className="text-sm text-text-quiet">{title}</p>
        <p className="mt-1">
          <StatusMark shape={isRefused ? 'square' : 'ring'} tone="neutral">
            {isRefused ? 'Refused' : 'Asks for'}
          </StatusMark>
        </p>
        <ul className="mt-1">
          {answer.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p className="mt-2 text-sm">
          Decided by: <bdi>{answer.decider}</bdi>
        </p>
      </div>
      {answer.trace.length > 0 && (
        <div className="px-4 py-3">
          <p className="mb-1 text-sm text-text-quiet">Rules that were asked</p>
          <ol className="space-y-2">
            {answer.trace.map((line) => (
              <TraceEntry key={line.place} line={line} />
            ))}
          </ol>
          {answer.notAsked > 0 && (
            <p className="mt-2 text-sm text-text-quiet">
              {answer.notAsked} {answer.notAsked === 1 ? 'rule' : 'rules'} behind it{' '}
              {answer.notAsked === 1 ? 'was' : 'were'} not asked.
            </p>
          )}
        </div>
      )}
    </Panel>
  );
}

const WORDS = {
  decides: 'Fits and decides',
  passes: 'Does not fit',
  unanswered: 'Can’t be answered',
};

function TraceEntry({ line: { place, name, what, condition, fact } }: { line: TraceLine }) {
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-2 text-sm">
      <span className="text-text-quiet tabular-nums">{place}</span>
      <span>
        <bdi className={what === 'decides' ? 'font-strong' : ''}>{name}</bdi>
        <span className="block text-text-quiet">
          {WORDS[what]}
          {condition !== null && (
            <>
              : {condition}. Here: {fact}
            </>
          )}
          .
        </span>
      </span>
    </li>
  );
}

/** Each fact with who says it. */
function Facts({ facts }: { facts: readonly FactLine[] }) {
  return (
    <Panel label="Facts it looks at">
      <div className="px-4 py-3">
        <p className="mb-1 text-sm text-text-quiet">Facts it looks at</p>
        <DescriptionList
          look="compact"
          items={facts.map(({ term, value, source, at }) => ({
            id: `${term} ${value}`,
            term,
            detail: (
              <span className="flex flex-wrap justify-between gap-x-4">
                <span>{value === '' && at !== null ? <Time instant={at} /> : value}</span>
                <span className="text-text-quiet">
                  {source}
                  {at !== null && value !== '' && (
                    <>
                      , <Time instant={at} />
                    </>
                  )}
                </span>
              </span>
            ),
          }))}
        />
      </div>
    </Panel>
  );
}
