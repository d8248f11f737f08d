import type { WorksheetView } from '#lib/incidents/worksheet/view-worksheet.ts';
import { countOf } from '../../operations/counts.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow, RecordColumns } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Time } from '../../ui/time.tsx';
import { IncidentHeader } from '../incident-screen.tsx';
import { AnswersPanel } from './answers-panel.tsx';
import { AssessmentHistory, verdictName } from './assessment-history.tsx';
import { CriterionSection } from './criterion-section.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { reportQuestions, timeQuestions, type Question } from './questions.ts';
import { resultWords } from './result-words.ts';
import { SectionTitle } from './section-title.tsx';

/** The worksheet of an incident or a threat: the result, each criterion with its answers, and how it came about. */
export function WorksheetScreen({ view }: { view: WorksheetView }) {
  return (
    <>
      <IncidentHeader about={view} current="worksheet" action={<DecideDialog view={view} />} />
      <LiveRefresh topics={['incidents']} />
      <RecordColumns
        facts={
          <div className="space-y-10">
            <Result view={view} />
            {view.assessment.criteria.map((criterion) => (
              <CriterionSection key={criterion.id} view={view} criterion={criterion} />
            ))}
            {view.sort === 'incident' && (
              <>
                <PlainSection
                  view={view}
                  id="times"
                  title="When it happened"
                  basis="ITS 2025/302"
                  questions={timeQuestions(view)}
                >
                  Time limits and mean times are computed from these. UTC, to the minute.
                </PlainSection>
                <PlainSection
                  view={view}
                  id="report-answers"
                  title="What reports ask for"
                  basis="ITS 2025/302, Annex II"
                  questions={reportQuestions(view)}
                >
                  They decide nothing here; drafts of reports are filled from them.
                </PlainSection>
              </>
            )}
            <p className="text-sm text-text-quiet">
              {view.sort === 'threat'
                ? 'A cyber threat is significant by Delegated Regulation (EU) 2024/1772, Art 10; telling the authority of one is voluntary (DORA, Art 19(2)).'
                : 'Classification: Delegated Regulation (EU) 2024/1772, Art 1 to 9; DORA, Art 18(1). Duration: from when it began until it was resolved (Art 3(1)).'}
            </p>
          </div>
        }
        aside={
          <section>
            <SectionHeading>Assessments and decisions</SectionHeading>
            <AssessmentHistory view={view} />
          </section>
        }
      />
    </>
  );
}

/** What the facts come to, in one sentence, and what a person decided. */
function Result({ view }: { view: WorksheetView }) {
  const { sort, doubts, history } = view;
  const { isMet, isOpen, sentence, missing } = resultWords(view.assessment);
  const decided = history.find(({ kind }) => kind === 'classified');
  const estimated = Object.values(view.facts).filter(
    (fact) => fact.estimated && fact.value !== null,
  ).length;
  return (
    <Panel label="Result">
      <PanelRow
        title={<span className="text-md">{sentence}</span>}
        aside={
          <StatusMark
            shape={isMet ? 'triangle' : isOpen ? 'ring' : 'square'}
            tone={isMet ? 'danger' : 'quiet'}
          >
            {verdictName(sort, isMet ? 'major' : 'not-major')} by the facts
          </StatusMark>
        }
      >
        {missing.length > 0 && (
          <p className="prose-line">Not known yet, and might decide it: {missing.join('; ')}.</p>
        )}
        {(estimated > 0 || doubts.length > 0) && (
          <p>
            {estimated > 0 && `${countOf(estimated, 'answer')} estimated. `}
            {doubts.length > 0 && (
              <span className="text-caution">
                {doubts.length === 1
                  ? 'Answers contradict each other at one place; it is marked below.'
                  : `Answers contradict each other at ${doubts.length} places; they are marked below.`}
              </span>
            )}
          </p>
        )}
      </PanelRow>
      <PanelRow
        title={
          decided ? `Decided: ${verdictName(sort, decided.verdict).toLowerCase()}` : 'Not decided'
        }
        aside={
          !decided &&
          isMet && (
            <StatusMark shape="triangle" tone="caution">
              Waits for a decision
            </StatusMark>
          )
        }
      >
        {decided ? (
          <>
            <bdi>{decided.by}</bdi>, <Time instant={decided.at} style="minute" />
          </>
        ) : (
          whoDecides(view)
        )}
      </PanelRow>
    </Panel>
  );
}

function whoDecides({ state, can }: WorksheetView): string {
  if (state === 'new') return 'It is triaged first, then somebody decides.';
  if (can.classify) return 'The facts decide nothing by themselves: a person does, and you may.';
  return 'The facts decide nothing by themselves: an officer or a manager does.';
}

function PlainSection({
  view,
  id,
  title,
  basis,
  questions,
  children,
}: {
  view: WorksheetView;
  id: string;
  title: string;
  basis: string;
  questions: readonly Question[];
  children: string;
}) {
  return (
    <section aria-labelledby={id}>
      <SectionTitle id={id} title={title} basis={basis} view={view} questions={questions}>
        {children}
      </SectionTitle>
      <AnswersPanel
        view={view}
        answered={questions.map((question) => ({ question, part: null }))}
        label={title}
      />
    </section>
  );
}
