import { clauseLines, missingClauses } from '#lib/resilience/clauses.ts';
import type { ContractFacts } from '#lib/resilience/kinds/contract.ts';
import { clauseAnswers, clauseText, exitTexts } from '#lib/resilience/kinds/contract-words.ts';
import type { RecordView } from '#lib/resilience/records/view-record.ts';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { chainTree } from './chain-tree.ts';
import type { Names } from './names.ts';
import { Tree } from './tree.tsx';

type Line = ReturnType<typeof clauseLines>[number] & { text: string | undefined };

const answerWords = { ...clauseAnswers, open: 'Nobody has looked yet' } as const;
const answerLooks = {
  met: { shape: 'square', tone: 'good' },
  missing: { shape: 'triangle', tone: 'danger' },
  'not-needed': { shape: 'square', tone: 'quiet' },
  open: { shape: 'ring', tone: 'caution' },
} as const;

const columns: readonly Column<Line>[] = [
  { id: 'id', head: 'Clause', cell: ({ id }) => <span className="font-medium">{id}</span> },
  {
    id: 'what',
    head: 'What the contract has to say',
    wrap: true,
    cell: ({ what, text, answer, at }) => (
      <>
        {what}
        {text !== undefined && (
          <span className="block text-sm text-text-quiet">
            <bdi>{text}</bdi>
          </span>
        )}
        <NarrowLine word={at ?? 'Answer'}>
          <StatusMark {...answerLooks[answer]}>{answerWords[answer]}</StatusMark>
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'answer',
    head: 'Answer',
    narrow: 'hidden',
    cell: ({ answer }) => (
      <span className="whitespace-nowrap">
        <StatusMark {...answerLooks[answer]}>{answerWords[answer]}</StatusMark>
      </span>
    ),
  },
  {
    id: 'at',
    head: 'Where',
    narrow: 'hidden',
    quiet: true,
    cell: ({ at }) => <span className="whitespace-nowrap">{at}</span>,
  },
];

/** The checklist of Art 30, with what is missing said first. */
export function ClauseChecklist({ view, isCritical }: { view: RecordView; isCritical: boolean }) {
  const facts = view.facts as ContractFacts;
  const missing = missingClauses(facts, isCritical);
  const lines = clauseLines(facts, isCritical).map((line): Line => ({
    ...line,
    text: view.texts[clauseText(line.id)],
  }));
  return (
    <section aria-label="Checklist of clauses">
      <SectionHeading>Clauses of Art 30</SectionHeading>
      <div className="mb-3">
        {missing.length === 0 ? (
          <Notice tone="good" title="Every clause that is asked is there, or not needed.">
            {isCritical &&
              'The contract serves a critical or important function, so all are asked.'}
          </Notice>
        ) : (
          <Notice
            tone="caution"
            title={`${missing.length} of ${lines.length} clauses ${missing.length === 1 ? 'is' : 'are'} missing.`}
          >
            {missing.map(({ id }) => id).join(', ')}.
          </Notice>
        )}
      </div>
      <Table
        label="Clauses of Art 30"
        columns={columns}
        rows={lines}
        rowKey={({ id }) => id}
        density="dense"
      />
    </section>
  );
}

/** Who works for whom behind the contract. */
export function ChainPicture({ view, names }: { view: RecordView; names: Names }) {
  const { chain } = view.facts as ContractFacts;
  return (
    <section aria-label="Picture of the chain">
      <SectionHeading>Chain of subcontractors</SectionHeading>
      {chain.length === 0 ? (
        <p className="text-text-quiet">
          Nobody said who stands behind the provider. The register asks for at least the direct
          provider of each service.
        </p>
      ) : (
        <Tree
          label="Who works for whom"
          nodes={chainTree(chain, (id) => names.get(id)?.name ?? id)}
        />
      )}
    </section>
  );
}

/** What of the exit plan is not written yet; nothing where it is whole or none is asked. */
export function ExitGaps({ view, isCritical }: { view: RecordView; isCritical: boolean }) {
  const missing = Object.entries(exitTexts).filter(([field]) => (view.texts[field] ?? '') === '');
  if (!isCritical || missing.length === 0) return null;
  return (
    <Notice tone="caution" title="The exit plan is not whole (DORA, Art 28(8)).">
      Still missing: {missing.map(([, words]) => words.toLowerCase()).join('; ')}.
    </Notice>
  );
}
