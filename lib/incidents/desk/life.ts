/**
 * The life of an incident: what may happen to it in which state. One table; the database holds the
 * same (`incident_may`). Pure.
 */

export const incidentStates = {
  new: 'New',
  working: 'Being worked on',
  closed: 'Closed',
  dropped: 'Dropped',
} as const;
export type IncidentState = keyof typeof incidentStates;

/** Everything that can happen to an incident, as its timeline says it. */
export const eventWords = {
  opened: 'Opened',
  retitled: 'Title changed',
  triaged: 'Triaged',
  acknowledged: 'Acknowledged',
  assigned: 'Assigned',
  escalated: 'Escalated',
  noted: 'Note',
  'facts-recorded': 'Facts recorded',
  assessed: 'Assessed',
  classified: 'Classified',
  linked: 'Linked',
  unlinked: 'Link removed',
  'evidence-added': 'Evidence added',
  'task-added': 'Task added',
  'task-moved': 'Task changed',
  'task-done': 'Task done',
  warned: 'Time limit warned of',
  told: 'Told',
  'report-moved': 'Report',
  'threat-notified': 'Threat notified',
  reviewed: 'Reviewed',
  closed: 'Closed',
  reopened: 'Reopened',
  dropped: 'Dropped',
} as const;
export type EventKind = keyof typeof eventWords;

const begun: readonly IncidentState[] = ['new', 'working', 'closed', 'dropped'];
const open: readonly IncidentState[] = ['new', 'working'];

/** In which states each may happen; what is not named may happen in every state once it was opened. */
const only: Readonly<Partial<Record<EventKind, readonly IncidentState[]>>> = {
  opened: [],
  triaged: open,
  acknowledged: ['new'],
  escalated: open,
  warned: open,
  classified: ['working'],
  closed: ['working'],
  dropped: open,
  reopened: ['closed', 'dropped'],
};

/** Whether this may happen to an incident in this state; null is one that is not opened yet. */
export function mayHappen(state: IncidentState | null, kind: EventKind): boolean {
  if (state === null) return kind === 'opened';
  return (only[kind] ?? begun).includes(state);
}

/** What only a person does; the rest may come from the system. */
export const personal: ReadonlySet<EventKind> = new Set([
  'retitled',
  'triaged',
  'acknowledged',
  'classified',
  'reviewed',
  'closed',
  'reopened',
  'dropped',
]);

/** 1 is the worst. */
export const severities = {
  1: 'Critical: client assets or keys are at risk',
  2: 'High: a critical service is down or degraded',
  3: 'Medium: a limited disruption',
  4: 'Low: no service is affected',
} as const;
export type Severity = 1 | 2 | 3 | 4;

export const categories = {
  'cyber-attack': 'Cyber attack',
  'system-failure': 'System failure',
  'process-failure': 'Process failure',
  'human-error': 'Human error',
  'third-party': 'Failure of a provider',
  'external-event': 'External event',
  custody: 'Custody: assets, keys or books',
  other: 'Something else',
} as const;
export type Category = keyof typeof categories;

/** The high-level root causes of the reports (ITS 2025/302, field 4.1). */
export const rootCauses = {
  malicious_actions: 'Malicious actions',
  process_failure: 'Process failure',
  system_failure_malfunction: 'System failure or malfunction',
  human_error: 'Human error',
  external_event: 'External event',
} as const;
export type RootCause = keyof typeof rootCauses;

/** What the detailed causes (field 4.2) of each begin with. */
export const causePrefix: Readonly<Record<RootCause, string>> = {
  malicious_actions: 'malicious_actions',
  process_failure: 'process_failure',
  system_failure_malfunction: 'system_failure',
  human_error: 'human_error',
  external_event: 'external_event',
};

/** The high-level cause of a detailed one; null where none is known. */
export const highLevelCause = (cause: string | null): RootCause | null =>
  (Object.keys(causePrefix) as RootCause[]).find(
    (one) => cause?.startsWith(causePrefix[one]) ?? false,
  ) ?? null;

/** Where an incident comes from. */
export const sources = {
  reported: 'Reported by a person',
  alarm: 'Alarm',
  recurring: 'Recurring incidents',
  freeze: 'Freeze',
  release: 'Release of a freeze',
  'break-glass': 'Emergency access',
  'unexplained-outflow': 'Unexplained outflow',
  'unexplained-balance': 'Unexplained balance',
  'chain-reorganised': 'Chain took back final blocks',
  'token-differs': 'Token’s contract is not what our data say',
  'deposit-reversed': 'Deposit taken back by its chain',
  'settlement-undone': 'Settled payment taken back by its chain',
  'assets-mixed': 'Assets of several owners mixed',
  'correction-unproved': 'Correction of the books not proved',
  'break-over-limit': 'Reconciliation break over the limit',
  'break-closing-unproved': 'Closing of a break not proved',
  'signature-unproved': 'Key press not proved',
  'major-dropped': 'Major incident dropped',
  'key-refused': 'Key of people’s data refused',
} as const;
export type IncidentSource = keyof typeof sources;

export const classes = {
  open: 'Not classified',
  major: 'Major',
  'not-major': 'Not major',
  reclassified: 'Reclassified as not major',
} as const;
export type IncidentClass = keyof typeof classes;

/** What an incident can be linked to. */
export const linkKinds = {
  operation: 'Operation',
  break: 'Break',
  vault: 'Vault',
  journal: 'Journal',
  asset: 'ICT asset',
  function: 'Function',
  provider: 'Provider',
  contract: 'Contract',
  finding: 'Finding',
  risk: 'Risk',
  incident: 'Incident',
  breach: 'Personal-data breach',
} as const;
export type LinkKind = keyof typeof linkKinds;
