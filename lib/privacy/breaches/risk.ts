/**
 * How likely a risk to persons is (GDPR Art 33(1) and 34(1)), by a rule that anybody can follow: how bad it would be
 * for a person, times how likely that is. How bad goes by what the European cybersecurity agency proposed in 2013: the
 * kind of data times how easily somebody is recognised, and what makes it worse. Pure, for screens too.
 */
import type { Risk } from './life.ts';

/** The worst kind of data among those concerned. */
export const dataKinds = {
  simple: { name: 'Simple: names, contacts, preferences', points: 1 },
  behavioural: { name: 'Behaviour: movements, use of services, habits', points: 2 },
  financial: { name: 'Financial: holdings, payments, tax', points: 3 },
  sensitive: {
    name: 'Sensitive: special categories, identity documents, due diligence, keys',
    points: 4,
  },
} as const;
/** How easily somebody is recognised from it. */
export const recognitions = {
  negligible: { name: 'Hardly: ids and figures that only we can resolve', points: 1 },
  limited: { name: 'With much effort', points: 2 },
  significant: { name: 'With some effort, or with other sources', points: 3 },
  maximum: { name: 'At once', points: 4 },
} as const;
export const disclosures = {
  none: { name: 'Nobody saw it', points: 0 },
  known: { name: 'Few, and we know whom', points: 1 },
  unknown: { name: 'Many, or nobody knows whom', points: 2 },
} as const;
export const changes = {
  none: { name: 'Nothing was changed', points: 0 },
  recoverable: { name: 'Changed, and put right', points: 1 },
  lost: { name: 'Changed, and used or not put right', points: 2 },
} as const;
export const outages = {
  none: { name: 'All of it could be reached', points: 0 },
  temporary: { name: 'Out of reach for a while', points: 1 },
  lost: { name: 'Lost', points: 2 },
} as const;
export const crowds = {
  few: { name: 'Fewer than 100', points: 0 },
  hundreds: { name: '100 to 999', points: 1 },
  thousands: { name: '1,000 or more', points: 2 },
} as const;
export const likelihoods = {
  remote: {
    name: 'Remote: it is back, or who has it is bound to secrecy and trusted',
    short: 'remote',
    points: 1,
  },
  possible: {
    name: 'Possible: nothing shows misuse, and nothing rules it out',
    short: 'possible',
    points: 2,
  },
  likely: {
    name: 'Likely: somebody who means harm has it, or it was already misused',
    short: 'likely',
    points: 3,
  },
} as const;
export const severities = ['low', 'medium', 'high', 'very high'] as const;
export type Severity = (typeof severities)[number];

export type RiskFactors = {
  data: keyof typeof dataKinds;
  recognition: keyof typeof recognitions;
  disclosure: keyof typeof disclosures;
  change: keyof typeof changes;
  outage: keyof typeof outages;
  crowd: keyof typeof crowds;
  /** On purpose. */
  isMalicious: boolean;
  /** Children, or others who need more protection. */
  isVulnerable: boolean;
  /** Encrypted by the state of the art, and no key of it got out. */
  isUnintelligible: boolean;
  likelihood: keyof typeof likelihoods;
};

export type RiskFound = {
  risk: Risk;
  severity: Severity;
  /** Points of severity, in quarters of what the method of 2013 counts. */
  points: number;
  reasons: string[];
};

/** Points from which a severity begins. */
const severityFrom = { medium: 8, high: 12, 'very high': 16 } as const;
/** Severity from 1 to 4 times likelihood from 1 to 3, from which a risk is likely, or likely to be high. */
const productFrom = { likely: 3, high: 8 } as const;

const worse = { malicious: 2, vulnerable: 2 } as const;

/**
 * The risk by its factors. No factor that is worse makes it lower. What can't be read, and was neither changed nor out
 * of reach, is no likely risk, whatever it was.
 */
export function findRisk(factors: RiskFactors): RiskFound {
  const { points, reasons } = pointsOf(factors);
  const severity = severityOf(points);
  const isUnreadable =
    factors.isUnintelligible && factors.change === 'none' && factors.outage === 'none';
  const likelihood = likelihoodOf(factors);
  const product = (severities.indexOf(severity) + 1) * likelihoods[likelihood].points;
  const risk = isUnreadable ? 'unlikely' : riskOf(product);
  return {
    risk,
    severity,
    points,
    reasons: [
      ...reasons,
      `Severity is ${severity} (${points} points; medium from ${severityFrom.medium}, high from ${severityFrom.high}, very high from ${severityFrom['very high']}).`,
      `That it comes to that is ${likelihoods[likelihood].short}${likelihood === factors.likelihood ? '' : ', and no less where it was on purpose'}.`,
      isUnreadable
        ? 'Nobody can read the data, and they were neither changed nor out of reach: no risk is likely.'
        : `Severity times likelihood is ${product}: a risk is likely from ${productFrom.likely}, a high one from ${productFrom.high}.`,
    ],
  };
}

function pointsOf(factors: RiskFactors): { points: number; reasons: string[] } {
  const data = dataKinds[factors.data];
  const recognition = recognitions[factors.recognition];
  const base = data.points * recognition.points;
  const added = [
    { what: 'Seen by others', ...disclosures[factors.disclosure] },
    { what: 'Changed', ...changes[factors.change] },
    { what: 'Out of reach', ...outages[factors.outage] },
    { what: 'Persons', ...crowds[factors.crowd] },
    { what: 'On purpose', name: 'yes', points: factors.isMalicious ? worse.malicious : 0 },
    {
      what: 'Children, or others who need more protection',
      name: 'yes',
      points: factors.isVulnerable ? worse.vulnerable : 0,
    },
  ].filter((one) => one.points > 0);
  return {
    points: added.reduce((sum, one) => sum + one.points, base),
    reasons: [
      `Kind of data (${lower(data.name)}) ${data.points} times recognition (${lower(recognition.name)}) ${recognition.points}: ${base} points.`,
      ...added.map((one) => `${one.what} (${lower(one.name)}): ${one.points} more.`),
    ],
  };
}

const lower = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

function severityOf(points: number): Severity {
  if (points >= severityFrom['very high']) return 'very high';
  if (points >= severityFrom.high) return 'high';
  return points >= severityFrom.medium ? 'medium' : 'low';
}

/** What was done on purpose is never remote. */
const likelihoodOf = ({ likelihood, isMalicious }: RiskFactors): RiskFactors['likelihood'] =>
  isMalicious && likelihood === 'remote' ? 'possible' : likelihood;

function riskOf(product: number): Risk {
  if (product >= productFrom.high) return 'high';
  return product >= productFrom.likely ? 'likely' : 'unlikely';
}
