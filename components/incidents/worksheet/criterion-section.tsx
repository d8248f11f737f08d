import type { Criterion, CriterionPart } from '#lib/incidents/classification.ts';
import type { ThreatCriterion } from '#lib/incidents/cyber-threat.ts';
import type { WorksheetView } from '#lib/incidents/worksheet/view-worksheet.ts';
import { NarrowLine } from '../../ui/narrow-line.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { AnswersPanel, type Answered } from './answers-panel.tsx';
import { criterionQuestions } from './questions.ts';
import { SectionTitle } from './section-title.tsx';
import { VerdictMark } from './verdict-mark.tsx';

/** One criterion: its answers with who gave them, its lines with threshold and value, and what comes of them. */
export function CriterionSection({
  view,
  criterion,
}: {
  view: WorksheetView;
  criterion: Criterion | ThreatCriterion;
}) {
  const { name, article, test, parts, met, open } = criterion;
  const questions = criterionQuestions(view, criterion.id);
  const asked = new Set(questions.map((question) => question.name));
  // A doubt about two sections stands where its first question does.
  const doubts = view.doubts.filter(({ fields: [first] }) => first && asked.has(first));
  const byPart = new Map(parts.map((part) => [part.id, part]));
  const answered: Answered[] = questions.map((question) => ({
    question,
    part: byPart.get(question.name) ?? null,
  }));
  // A line that is nothing but the answer to a question stands with its question.
  const lines = parts.filter((part) => part.threshold !== null || !asked.has(part.id));
  return (
    <section aria-labelledby={criterion.id}>
      <SectionTitle
        id={criterion.id}
        title={name}
        basis={`Art ${article}`}
        mark={<VerdictMark met={met ? true : open ? null : false} />}
        view={view}
        questions={questions}
      >
        {test}
      </SectionTitle>
      <div className="space-y-3">
        {doubts.map(({ sentence, fields }) => (
          <Notice key={fields.join()} tone="caution" title="Look at this again.">
            {sentence}
          </Notice>
        ))}
        <AnswersPanel view={view} answered={answered} label={`Answers: ${name}`} />
        {lines.length > 0 && (
          <Table
            label={`What comes of the answers: ${name}`}
            columns={lineColumns}
            rows={lines}
            rowKey={({ id }) => id}
          />
        )}
      </div>
    </section>
  );
}

const Value = ({ value }: Pick<CriterionPart, 'value'>) =>
  value === null ? <span className="text-text-quiet">not known</span> : value;

const lineColumns: readonly Column<CriterionPart>[] = [
  {
    id: 'name',
    head: 'Line',
    cell: ({ name, article, value, threshold, met }) => (
      <>
        <span className="whitespace-normal">
          {name} <span className="whitespace-nowrap text-text-quiet">(Art {article})</span>
        </span>
        <NarrowLine word="Value">
          <Value value={value} />
        </NarrowLine>
        <NarrowLine word="Threshold">{threshold ?? 'yes or no'}</NarrowLine>
        <NarrowLine word="Verdict">
          <VerdictMark met={met} />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'value',
    narrow: 'hidden',
    head: 'Value',
    cell: ({ value }) => (
      <span className="whitespace-normal tabular-nums">
        <Value value={value} />
      </span>
    ),
  },
  {
    id: 'threshold',
    narrow: 'hidden',
    head: 'Threshold',
    quiet: true,
    cell: ({ threshold }) => (
      <span className="whitespace-normal tabular-nums">{threshold ?? 'yes or no'}</span>
    ),
  },
  {
    id: 'met',
    narrow: 'hidden',
    head: 'Verdict',
    cell: ({ met }) => <VerdictMark met={met} />,
  },
];
