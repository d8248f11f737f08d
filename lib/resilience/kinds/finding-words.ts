/** Words and time limits of findings. Pure. */
export const findingSources = {
  pentest: 'Penetration test',
  scan: 'Vulnerability scan',
  audit: 'Audit',
  drill: 'Drill',
  incident: 'Incident',
  review: 'Review',
} as const;

export const severities = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
} as const;
export type Severity = keyof typeof severities;

/** Days in which a finding is remedied, by severity. House values; DORA Art 24(5) asks that findings be ranked. */
export const daysToRemedy: Readonly<Record<Severity, number>> = {
  critical: 7,
  high: 30,
  medium: 90,
  low: 180,
};

export const findingStates = {
  open: 'Open',
  remedied: 'Remedied, to be validated',
  validated: 'Validated',
  accepted: 'Accepted',
} as const;
export type FindingState = keyof typeof findingStates;

/** Which state may follow which; a finding that comes back is open again. */
export const findingMoves: Readonly<Record<FindingState, readonly FindingState[]>> = {
  open: ['remedied', 'accepted'],
  remedied: ['validated', 'open'],
  validated: ['open'],
  accepted: ['open', 'remedied'],
};
