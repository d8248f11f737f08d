/** The worksheet of an incident: each fact with who entered it, and each criterion with what it makes of them. */
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { mayHappen, type IncidentClass, type IncidentState } from '../desk/life.ts';
import { textKey, titleOf, type IncidentFile } from '../desk/load-incident.ts';
import { readIncident } from '../desk/read-incident.ts';
import type { FactView } from '../desk/view-incident.ts';
import { findFactDoubts, type FactDoubt } from '../fact-doubts.ts';
import { assess, type Assessment } from './assess.ts';
import { calledMajorBy } from './called-major-by.ts';
import { classificationFacts } from './known-facts.ts';
import { loadSuggestions, type Suggestion } from './suggest.ts';

export type AssessmentLine = {
  seq: number;
  at: string;
  by: string;
  kind: 'assessed' | 'classified';
  verdict: string;
  route: string;
  met: readonly string[];
  reasons: string | null;
};

export type WorksheetView = {
  id: string;
  number: string;
  sort: 'incident' | 'threat';
  title: string;
  seq: number;
  class: IncidentClass;
  state: IncidentState;
  severity: number | null;
  isAcknowledged: boolean;
  detectedAt: string;
  facts: Readonly<Record<string, FactView>>;
  assessment: Assessment;
  /** Answers that contradict each other; they count all the same. */
  doubts: readonly FactDoubt[];
  /** Every assessment and decision, the newest first. */
  history: AssessmentLine[];
  suggestions: readonly Suggestion[];
  evidence: { seq: number; id: string; name: string }[];
  can: {
    enter: boolean;
    classify: boolean;
    /** Whether this person may say that it never was major: not who called it major. */
    reclassify: boolean;
  };
};

export async function viewWorksheet(
  actor: Actor,
  input: { id: string },
  context: Context,
): Promise<Result<WorksheetView>> {
  return readIncident(actor, input.id, context, async ({ file, tx, nameOf }) => {
    const { standing, events } = file;
    const first = events[0];
    return ok({
      id: file.id,
      number: file.number,
      sort: file.sort,
      title: shownText(titleOf(file)),
      seq: file.seq,
      class: standing.class,
      state: standing.state,
      severity: standing.severity,
      isAcknowledged: standing.acknowledgedAt !== null,
      detectedAt: first?.kind === 'opened' ? first.facts.detectedAt : file.openedAt,
      facts: Object.fromEntries(
        Object.entries(standing.facts).map(([key, fact]) => [
          key,
          { ...fact, byName: nameOf(fact.by) },
        ]),
      ),
      assessment: assess(file.sort, standing.facts),
      doubts: file.sort === 'threat' ? [] : findFactDoubts(classificationFacts(standing.facts)),
      history: historyOf(file, nameOf),
      suggestions: await loadSuggestions(tx, file, context.clock()),
      evidence: events.flatMap((event) =>
        event.kind === 'evidence-added'
          ? [
              {
                seq: event.seq,
                id: event.facts.id,
                name: shownText(file.texts.get(textKey(event.seq, 'file-name')) ?? '(erased)'),
              },
            ]
          : [],
      ),
      can: {
        enter: actor.scopes.has('incident:work'),
        classify: actor.scopes.has('incident:classify') && mayHappen(standing.state, 'classified'),
        reclassify: standing.class === 'major' && calledMajorBy(events) !== actor.personId,
      },
    });
  });
}

function historyOf(file: IncidentFile, name: (person: string) => string): AssessmentLine[] {
  return file.events
    .flatMap((event): AssessmentLine[] => {
      if (event.kind !== 'assessed' && event.kind !== 'classified') return [];
      const { seq, at, actor, kind, facts } = event;
      const verdict = kind === 'classified' ? facts.verdict : facts.major ? 'major' : 'not-major';
      const reasons = file.texts.get(textKey(seq, 'reasons')) ?? null;
      return [
        {
          seq,
          at,
          by: name(actor),
          kind,
          verdict,
          route: facts.route,
          met: facts.met,
          reasons: reasons && shownText(reasons),
        },
      ];
    })
    .toReversed();
}
