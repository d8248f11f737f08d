import type { CriterionPart } from '#lib/incidents/classification.ts';
import type { WorksheetView } from '#lib/incidents/worksheet/view-worksheet.ts';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { Time } from '../../ui/time.tsx';
import { Evidence } from '../../ui/timeline.tsx';
import { factValue } from '../fact-words.tsx';
import type { Question } from './questions.ts';
import { VerdictMark } from './verdict-mark.tsx';

/** A question, and the line of the criterion that is nothing but its answer; null where there is none. */
export type Answered = { question: Question; part: CriterionPart | null };

/** The answers of a section: what stands, who entered it, when, and from what. */
export function AnswersPanel({
  view,
  answered,
  label,
}: {
  view: WorksheetView;
  answered: readonly Answered[];
  label: string;
}) {
  return (
    <Panel label={label}>
      {answered.map(({ question, part }) => (
        <PanelRow
          key={question.name}
          title={
            <span className="font-normal">
              {question.label}
              {question.basis !== null && (
                <span className="text-text-quiet"> ({question.basis})</span>
              )}
            </span>
          }
          aside={
            <span className="inline-flex flex-wrap items-baseline gap-x-4 gap-y-1">
              <StandingValue question={question} part={part} />
              {part && <VerdictMark met={part.met} />}
            </span>
          }
        >
          <Origin view={view} question={question} />
          {question.help !== null && (
            <Evidence label="What counts">
              <p className="prose-line">{question.help}</p>
            </Evidence>
          )}
        </PanelRow>
      ))}
    </Panel>
  );
}

function StandingValue({ question: { name, standing, unit }, part }: Answered) {
  if (standing.value === null) {
    // The answer to another question may answer this one, too; else the verdict says that it is not known.
    const said = part === null ? 'not known' : part.value;
    return said !== null && <span className="text-text-quiet">{said}</span>;
  }
  return (
    <span className="font-medium wrap-anywhere tabular-nums">
      {unit !== null && `${unit} `}
      {factValue(name, standing.value)}
      {standing.estimated && <span className="font-normal text-caution"> · estimated</span>}
    </span>
  );
}

function Origin({ view, question }: { view: WorksheetView; question: Question }) {
  const fact = view.facts[question.name];
  const { suggestion } = question;
  if (fact === undefined)
    return suggestion === null ? null : (
      <p>
        The console suggests {String(suggestion.value)}: {suggestion.from}.
      </p>
    );
  const file = view.evidence.find(({ seq }) => seq === fact.evidence);
  return (
    <p>
      {fact.value === null ? 'Taken back by ' : 'Entered by '}
      <bdi>{fact.byName}</bdi> <Time instant={fact.at} style="minute" />
      {file && (
        <>
          , from{' '}
          <a
            href={`/api/incidents/evidence/${file.id}`}
            download
            className="rounded-sm wrap-anywhere text-accent underline decoration-line-strong underline-offset-3 hover:decoration-current"
          >
            <bdi>{file.name}</bdi>
          </a>
        </>
      )}
    </p>
  );
}
