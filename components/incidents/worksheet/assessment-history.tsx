import { classes } from '#lib/incidents/desk/life.ts';
import type { AssessmentLine, WorksheetView } from '#lib/incidents/worksheet/view-worksheet.ts';
import { Time } from '../../ui/time.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import { plainName } from '../incident-words.ts';

const threatWords: Readonly<Record<string, string>> = {
  major: 'Significant',
  'not-major': 'Not significant',
  reclassified: 'Reclassified as not significant',
};

/** A verdict in words, by the sort of what was judged. */
export function verdictName(sort: WorksheetView['sort'], verdict: string): string {
  const words: Readonly<Record<string, string>> = sort === 'threat' ? threatWords : classes;
  return Object.hasOwn(words, verdict) ? (words[verdict] ?? verdict) : plainName(verdict);
}

/** "Article 8(1)(b)"; null for a route that is none. */
const routeName = (route: string): string | null => (/^\d/.test(route) ? `Article ${route}` : null);

/** Every assessment and every decision, the newest first. */
export function AssessmentHistory({ view }: { view: WorksheetView }) {
  if (view.history.length === 0)
    return (
      <p className="text-text-quiet">
        None yet. The facts are assessed with every change, and each assessment is kept.
      </p>
    );
  const names = new Map<string, string>(view.assessment.criteria.map(({ id, name }) => [id, name]));
  return (
    <Timeline
      label="Assessments and decisions, newest first"
      entries={view.history.map((line) => ({
        id: String(line.seq),
        shape: line.kind === 'classified' ? ('dot' as const) : ('ring' as const),
        tone:
          line.kind !== 'classified'
            ? ('quiet' as const)
            : line.verdict === 'major'
              ? ('danger' as const)
              : ('neutral' as const),
        title: <LineTitle line={line} sort={view.sort} />,
        detail: (
          <>
            <bdi>{line.by}</bdi>, <Time instant={line.at} style="minute" />
          </>
        ),
        evidenceLabel: 'Criteria and reasons',
        evidence: (
          <div className="space-y-2">
            <p>
              Met:{' '}
              {line.met.length === 0
                ? 'none'
                : line.met.map((id) => names.get(id) ?? plainName(id)).join('; ')}
              .
            </p>
            {line.reasons !== null && (
              <p className="wrap-anywhere whitespace-pre-wrap">
                <bdi>{line.reasons}</bdi>
              </p>
            )}
          </div>
        ),
      }))}
    />
  );
}

function LineTitle({ line, sort }: { line: AssessmentLine; sort: WorksheetView['sort'] }) {
  const { kind, verdict, route } = line;
  const article = routeName(route);
  return (
    <>
      {kind === 'classified' ? 'Decided: ' : 'By the facts: '}
      {verdictName(sort, verdict).toLowerCase()}
      {article !== null && `, ${article}`}
    </>
  );
}
