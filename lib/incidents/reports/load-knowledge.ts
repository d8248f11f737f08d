/** What the console knows about an incident when a report is written, each piece with where it comes from. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { loadCosts } from '../costs/load-costs.ts';
import { classifyIncident } from '../classification.ts';
import type { StandingFact } from '../desk/fold.ts';
import { descriptionOf, mustBeRead, titleOf, type IncidentFile } from '../desk/load-incident.ts';
import { loadContacts, type Contacts, type EntityProfile } from '../entity/load-profile.ts';
import type { FieldNo, FieldValue } from '../report/field-types.ts';
import { loadBreachOf } from '../limits/breach-of.ts';
import { loadRecurringOf } from '../recurrence/load-recurring-of.ts';
import { readInstant, type Known, type ReportKnowledge } from '../report/knowledge.ts';
import {
  classificationFacts,
  isReportFact,
  reportFacts,
  type Facts,
  type TimeFact,
} from '../worksheet/known-facts.ts';
import { isStated } from '../worksheet/stated.ts';
import { highLevelCause, type LinkKind } from '../desk/life.ts';
import { openDrafts } from './load-report.ts';
import { loadNamesOf } from './names-of-links.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * @param now instant of the draft.
 * @throws DataKeysError where the key service can't be reached: what can't be read is not known.
 */
export async function loadKnowledge(
  tx: Tx,
  file: IncidentFile,
  profile: EntityProfile | null,
  now: Date,
): Promise<ReportKnowledge> {
  mustBeRead(file);
  const names = await loadNamesOf(tx, file.standing.links);
  const sent = await loadSent(tx, file.id);
  const reference = await loadReference(tx, file.id);
  const { last, ...recurring } = await loadRecurringOf(tx, file);
  const about = aboutFile(file);
  return {
    now: now.toISOString(),
    ...aboutEntity(profile, await loadContacts(tx, profile)),
    ...about,
    // What people answered for the file itself comes before what its members say.
    times: { ...about.times, ...last, ...timesOf(file.standing.facts) },
    ...aboutFacts(file),
    ...aboutReview(file),
    ...aboutLinks(names),
    ...(await aboutBreach(tx, file)),
    ...(await aboutCosts(tx, file, profile)),
    ...recurring,
    ...(sent.length > 0 ? { sent } : {}),
    ...(reference ? { authorityReference: reference } : {}),
  };
}

function aboutEntity(profile: EntityProfile | null, contacts: Contacts): Partial<ReportKnowledge> {
  if (!profile) return {};
  const { facts, recordedAt } = profile;
  const from = `the settings of the entity, ${readInstant(recordedAt)}`;
  const contact = (which: 'first' | 'second') => ({
    ...(contacts[`${which}-name`] ? { name: contacts[`${which}-name`] } : {}),
    ...(contacts[`${which}-email`] ? { email: contacts[`${which}-email`] } : {}),
    ...(contacts[`${which}-phone`] ? { phone: contacts[`${which}-phone`] } : {}),
  });
  return {
    entity: {
      from,
      value: {
        name: facts.name,
        lei: facts.lei,
        types: [facts.type],
        currency: facts.currency,
        parent: facts.parent,
      },
    },
    firstContact: { from, value: contact('first') },
    secondContact: { from, value: contact('second') },
  };
}

function aboutFile(file: IncidentFile): Partial<ReportKnowledge> {
  const { standing, source, number, events, openedAt } = file;
  const opened = `the file, ${readInstant(openedAt)}`;
  const description = descriptionOf(file);
  const byAlarm = source !== 'reported' && source !== 'recurring';
  const first = events[0];
  return {
    reference: { value: number, from: opened },
    title: { value: titleOf(file), from: opened },
    ...(description ? { description: { value: description, from: opened } } : {}),
    openedBy: { value: byAlarm ? 'alarm' : 'staff', from: opened },
    times: {
      ...(standing.classifiedAt === null
        ? {}
        : {
            classified: {
              value: standing.classifiedAt,
              from: `the decision, ${readInstant(standing.classifiedAt)}`,
            },
          }),
      ...(first?.kind === 'opened'
        ? { detected: { value: first.facts.detectedAt, from: opened } }
        : {}),
    },
  };
}

const fromFact = (fact: StandingFact): string => `the worksheet, ${readInstant(fact.at)}`;

/** A fact that was stated, as a known piece. */
function known<T>(
  facts: Facts,
  name: string,
  read: (value: StandingFact['value']) => T | null,
): Known<T> | undefined {
  const fact = facts[name];
  if (!isStated(fact)) return undefined;
  const value = read(fact.value);
  if (value === null) return undefined;
  return { value, from: fromFact(fact), ...(fact.estimated ? { estimated: true } : {}) };
}

const asText = (value: StandingFact['value']): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
const asYesNo = (value: StandingFact['value']): boolean | null =>
  typeof value === 'boolean' ? value : null;
const asList = (value: StandingFact['value']): readonly string[] | null =>
  Array.isArray(value) ? value : null;

function timesOf(facts: Facts): NonNullable<ReportKnowledge['times']> {
  const times: Mutable<NonNullable<ReportKnowledge['times']>> = {};
  const put = (
    name: 'occurred' | 'detected' | 'recovered' | 'resolved' | 'causeAddressed',
    fact: TimeFact,
  ): void => {
    const time = known(facts, fact, asText);
    if (time) times[name] = time;
  };
  put('occurred', 'occurred_at');
  put('detected', 'detected_at');
  put('recovered', 'recovered_at');
  put('resolved', 'resolved_at');
  put('causeAddressed', 'cause_addressed_at');
  return times;
}

function aboutFacts({ standing }: IncidentFile): Partial<ReportKnowledge> {
  const { facts } = standing;
  const made: Mutable<Partial<ReportKnowledge>> = {};
  const newest = Object.values(facts).toSorted((a, b) => b.seq - a.seq)[0];
  if (newest) {
    const { critical_services_affected, thresholds_met, malicious_access_9_5_b } = classifyIncident(
      classificationFacts(facts),
    );
    made.classification = {
      value: { critical_services_affected, thresholds_met, malicious_access_9_5_b },
      from: fromFact(newest),
    };
  }
  made.figures = figuresOf(facts);
  assign(
    made,
    'relevantAffected',
    known(facts, 'relevant_clients_or_counterparts_affected', asYesNo),
  );
  assign(made, 'duration', known(facts, 'duration', asText));
  assign(made, 'downtime', known(facts, 'downtime', asText));
  assign(made, 'memberStates', known(facts, 'member_states_impacted', asList));
  assign(made, 'dataLosses', known(facts, 'data_impact', asList));
  assign(made, 'reputation', reputationOf(facts));
  made.entered = enteredOf(facts);
  return made;
}

function assign<K extends keyof ReportKnowledge>(
  made: Mutable<Partial<ReportKnowledge>>,
  name: K,
  value: ReportKnowledge[K] | undefined,
): void {
  if (value !== undefined) made[name] = value;
}

function figuresOf(facts: Facts): NonNullable<ReportKnowledge['figures']> {
  const figures: Mutable<NonNullable<ReportKnowledge['figures']>> = {};
  const names = {
    clients: 'clients_affected',
    clientsTotal: 'clients_total_service',
    counterparts: 'counterparts_affected',
    counterpartsTotal: 'counterparts_total_service',
    transactions: 'tx_affected_number',
    transactionsDaily: 'tx_daily_avg_number',
    transactionsValue: 'tx_affected_value',
  } as const;
  for (const [name, fact] of Object.entries(names)) {
    const figure = known(facts, fact, asText);
    if (figure) figures[name as keyof typeof names] = figure;
  }
  return figures;
}

const letters = {
  a: 'a_media',
  b: 'b_repetitive_complaints',
  c: 'c_regulatory',
  d: 'd_loss_of_clients',
} as const;

function reputationOf(facts: Facts): ReportKnowledge['reputation'] {
  const said = (Object.keys(letters) as (keyof typeof letters)[]).flatMap((letter) => {
    const fact = facts[`reputational.${letters[letter]}`];
    return isStated(fact) && fact.value === true ? [{ letter, fact }] : [];
  });
  const [first] = said;
  return first && { value: said.map(({ letter }) => letter), from: fromFact(first.fact) };
}

/** Answers of the worksheet that stand in a field as they are. */
function enteredOf(facts: Facts): NonNullable<ReportKnowledge['entered']> {
  const entered: Partial<Record<FieldNo, Known<FieldValue>>> = {};
  for (const [name, fact] of Object.entries(facts)) {
    if (!isReportFact(name) || !isStated(fact)) continue;
    const { field } = reportFacts[name];
    const from = fromFact(fact);
    const value = fact.value;
    if (name === 'root_cause' && typeof value === 'string') {
      const high = highLevelCause(value);
      if (high) entered['4.1'] = { value: [high], from };
      entered['4.2'] = { value: [value], from };
    } else if (field === '2.9' || field === '3.33')
      entered[field] = { value: value === 'yes', from };
    else if (typeof value === 'string') entered[field as FieldNo] = { value, from };
    else if (Array.isArray(value)) entered[field as FieldNo] = { value, from };
  }
  return entered;
}

function aboutReview({ events }: IncidentFile): Partial<ReportKnowledge> {
  const review = events.findLast(({ kind }) => kind === 'reviewed');
  if (review?.kind !== 'reviewed') return {};
  const { cause, detailed, additional } = review.facts;
  const high = highLevelCause(cause);
  return {
    review: {
      from: `the review, ${readInstant(review.at)}`,
      value: {
        causes: high ? [high] : [],
        detailed: [...new Set([cause, ...detailed])],
        additional,
      },
    },
  };
}

function aboutLinks(names: ReadonlyMap<LinkKind, string[]>): Partial<ReportKnowledge> {
  const made: Mutable<Partial<ReportKnowledge>> = {};
  const from = 'what is linked to the file';
  const functions = names.get('function');
  const assets = names.get('asset');
  const [provider] = names.get('provider') ?? [];
  if (functions) made.criticalServices = { value: functions, from };
  if (assets) made.components = { value: assets, from };
  if (provider) made.provider = { value: { name: provider }, from };
  return made;
}

async function aboutBreach(
  tx: Tx,
  { standing }: IncidentFile,
): Promise<Pick<ReportKnowledge, 'breachNotified'>> {
  const breach = await loadBreachOf(tx, standing);
  const at = breach?.authority_notified;
  if (!breach || !at) return {};
  const from = `the breach record ${breach.number}, ${readInstant(at)}`;
  return { breachNotified: { value: true, from } };
}

/** Sums of the lines that were booked, over all accounting years (fields 4.13 and 4.14). */
async function aboutCosts(
  tx: Tx,
  { id }: IncidentFile,
  profile: EntityProfile | null,
): Promise<Pick<ReportKnowledge, 'costs'>> {
  const lines = await loadCosts(tx, { incidentId: id });
  const last = lines.at(-1);
  if (!last || !profile) return {};
  const newest = lines.reduce((at, line) => (line.at > at ? line.at : at), last.at);
  const sum = (pick: 'gross' | 'recoveries'): bigint =>
    lines.reduce((total, line) => total + line[pick], 0n);
  return {
    costs: {
      from: `the costs that were booked with the incident, ${readInstant(newest)}`,
      value: {
        currency: profile.facts.currency,
        gross: sum('gross'),
        recovered: sum('recoveries'),
      },
    },
  };
}

/** What was sent before, the oldest first; what was erased is left out. */
async function loadSent(tx: Tx, incidentId: string): Promise<NonNullable<ReportKnowledge['sent']>> {
  const reports = await tx.incidentReport.findMany({
    where: { incidentId, steps: { some: { step: 'sent' } } },
    orderBy: { openedAt: 'asc' },
    take: 50,
    include: {
      drafts: { orderBy: { version: 'desc' }, take: 1 },
      steps: { where: { step: 'sent' }, take: 1 },
    },
  });
  const drafts = reports.flatMap((report) => report.drafts);
  const opened = new Map(
    (await openDrafts(drafts)).map((values, index) => [drafts[index], values]),
  );
  return reports.flatMap(({ drafts: [draft], steps }) => {
    const values = opened.get(draft) ?? null;
    if (!values) return [];
    const submission = typeof values['1.1'] === 'string' ? values['1.1'] : '';
    const facts = steps[0]?.facts as { sentAt?: string } | undefined;
    return [{ submission, at: facts?.sentAt ?? '', values }];
  });
}

/** The number under which the authority keeps it, from its newest receipt. */
export async function loadReference(
  tx: Tx,
  incidentId: string,
): Promise<Known<string> | undefined> {
  const step = await tx.incidentReportStep.findFirst({
    where: { step: 'receipt', report: { incidentId } },
    orderBy: { at: 'desc' },
    select: { at: true, facts: true },
  });
  const { reference } = (step?.facts ?? {}) as { reference?: string };
  return step && reference
    ? { value: reference, from: `the authority’s receipt, ${readInstant(step.at.toISOString())}` }
    : undefined;
}
