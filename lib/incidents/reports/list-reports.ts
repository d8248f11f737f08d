/** The reports of an incident, and which can be begun now. */
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownLines, shownText } from '#lib/protocol/free-text.ts';
import { loadCosts, type CostRow } from '../costs/load-costs.ts';
import type { EventFacts } from '../desk/event.ts';
import { mayHappen, type IncidentClass, type IncidentState } from '../desk/life.ts';
import {
  descriptionOf,
  mustBeRead,
  textKey,
  titleOf,
  type IncidentFile,
} from '../desk/load-incident.ts';
import { readIncident } from '../desk/read-incident.ts';
import { shownClock, type ClockView } from '../desk/view-incident.ts';
import {
  loadContacts,
  loadProfile,
  type Contacts,
  type EntityProfile,
} from '../entity/load-profile.ts';
import { loadBreachOf } from '../limits/breach-of.ts';
import { awarenessOf, readClocks } from '../limits/clocks-of.ts';
import { noticeFactsOf } from '../notices/notice-facts.ts';
import type { NoticeFacts } from '../report/client-notice.ts';
import { readInstant } from '../report/knowledge.ts';
import { prefillThreat, type ThreatValues } from '../report/threat-notification.ts';
import { loadThreatDraft } from '../threats/load-threat-draft.ts';
import {
  reportStages,
  stateOf,
  type ReportStage,
  type ReportState,
  type ReportStep,
} from './life.ts';
import { findStageFault } from './stage-fault.ts';

export type ReportLine = {
  id: string;
  stage: ReportStage;
  state: ReportState;
  openedAt: string;
  openedBy: string;
  sentAt: string | null;
  reference: string | null;
  wentAlone: boolean;
};
/** Somebody who was told of it, beside the reports. */
export type ToldLine = {
  seq: number;
  whom: EventFacts<'told'>['whom'];
  count: number | null;
  by: string;
  at: string;
  text: string;
};
/** A line of costs as it stands. */
export type CostLineView = CostRow;
export type ReportsView = {
  incident: {
    id: string;
    number: string;
    title: string;
    sort: 'incident' | 'threat';
    seq: number;
    state: IncidentState;
    class: IncidentClass;
    severity: number | null;
    isAcknowledged: boolean;
  };
  reports: ReportLine[];
  told: ToldLine[];
  /** What a text for clients is drawn up from; null where nothing says that it touches their money. */
  notice: NoticeFacts | null;
  costs: { currency: string; lines: CostLineView[] };
  /** Fields of the notification of a threat (Annex III) that are known; null for an incident. */
  threat: ThreatValues | null;
  /** Which saved draft they are of; null while nobody has saved one, and they are what is known. */
  threatDraft: { version: number; by: string; at: string } | null;
  clocks: ClockView[];
  /** Why they can't be computed, as a sentence; null where they can. */
  clockFault: string | null;
  serverNow: string;
  /** Why each can't be begun now; null when it can. */
  begin: { stage: ReportStage; fault: string | null }[];
  canBegin: boolean;
  /** Whether this person may record who was told. */
  canTell: boolean;
};

export async function listReports(
  actor: Actor,
  input: { incident: string },
  context: Context,
): Promise<Result<ReportsView>> {
  const now = context.clock();
  return readIncident(actor, input.incident, context, async ({ file, tx, nameOf }) => {
    const rows = await tx.incidentReport.findMany({
      where: { incidentId: file.id },
      orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
      include: { steps: { orderBy: { seq: 'asc' }, take: 200 } },
      take: 100,
    });
    const reports = rows.map((row): ReportLine => {
      const facts = (step: string) =>
        (row.steps.findLast((one) => one.step === step)?.facts ?? {}) as Record<string, unknown>;
      const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
      return {
        id: row.id,
        stage: row.stage as ReportStage,
        state: stateOf(row.steps.map(({ step }) => ({ step: step as ReportStep }))),
        openedAt: row.openedAt.toISOString(),
        openedBy: nameOf(row.openedBy),
        sentAt: text(facts('sent')['sentAt']),
        reference: text(facts('receipt')['reference']),
        wentAlone: facts('released')['alone'] === true,
      };
    });
    const profile = await loadProfile(tx);
    const breach = await loadBreachOf(tx, file.standing);
    const { clocks, fault } = readClocks(file, profile, now, breach);
    const draft = file.sort === 'threat' ? await loadThreatDraft(tx, file.id) : null;
    return ok({
      incident: {
        id: file.id,
        number: file.number,
        title: shownText(titleOf(file)),
        sort: file.sort,
        seq: file.seq,
        state: file.standing.state,
        class: file.standing.class,
        severity: file.standing.severity,
        isAcknowledged: file.standing.acknowledgedAt !== null,
      },
      reports,
      told: toldOf(file, nameOf),
      notice: await noticeFactsOf(tx, file, profile, now),
      costs: {
        currency: profile?.facts.currency ?? 'EUR',
        lines: (await loadCosts(tx, { incidentId: file.id })).map((line) => ({
          ...line,
          by: nameOf(line.by),
        })),
      },
      threat:
        file.sort === 'threat'
          ? (draft?.values ?? threatOf(file, profile, await loadContacts(tx, profile)))
          : null,
      threatDraft: draft && {
        version: draft.version,
        by: nameOf(draft.writtenBy),
        at: draft.writtenAt,
      },
      clocks: clocks.map(shownClock),
      clockFault: fault,
      serverNow: now.toISOString(),
      begin: (Object.keys(reportStages) as ReportStage[]).map((stage) => ({
        stage,
        fault: findStageFault(stage, file, reports),
      })),
      canBegin: actor.scopes.has('report:raise'),
      canTell: actor.scopes.has('incident:work') && mayHappen(file.standing.state, 'told'),
    });
  });
}

function threatOf(
  file: IncidentFile,
  profile: EntityProfile | null,
  contacts: Contacts,
): ThreatValues {
  mustBeRead(file);
  const { standing, events } = file;
  const answered = Object.entries(standing.facts).filter(([, fact]) => fact.value === true);
  const told = events.flatMap((event) =>
    event.kind === 'told' ? [`${event.facts.whom}, ${readInstant(event.at)}`] : [],
  );
  return prefillThreat({
    entity: profile && { name: profile.facts.name, lei: profile.facts.lei },
    contacts,
    detected: awarenessOf(file),
    description: descriptionOf(file) ?? titleOf(file),
    yes: new Set(answered.map(([name]) => name)),
    told,
  });
}

/** Who was told, the newest first. */
function toldOf({ events, texts }: IncidentFile, nameOf: (person: string) => string): ToldLine[] {
  return events
    .flatMap((event) => {
      if (event.kind !== 'told') return [];
      const text = texts.get(textKey(event.seq, 'told-what'));
      return [
        {
          seq: event.seq,
          ...event.facts,
          by: nameOf(event.actor),
          at: event.at,
          text: text === null || text === undefined ? '(erased)' : shownLines(text),
        },
      ];
    })
    .toReversed();
}
