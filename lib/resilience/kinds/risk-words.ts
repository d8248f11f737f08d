/** Words and bounds of the risk register. Pure. */
export const riskCategories = {
  ict: 'ICT',
  'market-abuse': 'Market abuse',
  operational: 'Operational',
  custodial: 'Custodial',
} as const;

export const treatments = {
  mitigate: 'Mitigate',
  accept: 'Accept',
  transfer: 'Transfer',
  avoid: 'Avoid',
} as const;

export const riskStates = { open: 'Open', accepted: 'Accepted', closed: 'Closed' } as const;

export const likelihoods = ['Rare', 'Unlikely', 'Possible', 'Likely', 'Almost certain'] as const;
export const impactSteps = [
  'Minor',
  'Limited',
  'Noticeable',
  'Serious',
  'Threatens the firm',
] as const;

/** From which score (likelihood × impact) on a risk has a grade. House values. */
export const riskGrades = [
  { grade: 'critical', from: 16, name: 'Critical' },
  { grade: 'high', from: 10, name: 'High' },
  { grade: 'medium', from: 5, name: 'Medium' },
  { grade: 'low', from: 1, name: 'Low' },
] as const;
export type RiskGrade = (typeof riskGrades)[number]['grade'];

export type Rating = { likelihood: number; impact: number };

/** 1 to 25. */
export const scoreOf = ({ likelihood, impact }: Rating): number => likelihood * impact;

export const gradeOfScore = (score: number): RiskGrade =>
  riskGrades.find(({ from }) => score >= from)?.grade ?? 'low';

/** An accepted residual risk is reviewed at least that often (RTS risk Art 3(1)(d)). */
export const acceptedReviewMonths = 12;
