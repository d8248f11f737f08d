/** What fields 3.1 to 3.35 hold by what the console knows. Pure. */
import { ONE, readFigure } from '../exact.ts';
import type { FieldValue } from './field-types.ts';
import { amountText, durationText, instantText, millisOf, percentText } from './figures.ts';
import {
  concluded,
  present,
  readInstant,
  taken,
  type Candidate,
  type Candidates,
  type KnownFigure,
  type ReportKnowledge,
} from './knowledge.ts';
import { REPUTATIONAL_IMPACTS } from './choices.ts';

/** A figure in the worksheet's units of 10^-24; null where it is none. */
function exact(known: KnownFigure | undefined, whole: boolean): bigint | null {
  if (!known) return null;
  const figure = readFigure(known.value, { whole });
  return figure.ok ? figure.value : null;
}

const number = (known: KnownFigure | undefined): Candidate | undefined =>
  taken(known, () => {
    const figure = exact(known, true);
    return figure === null ? null : String(figure / ONE);
  });

/** With a decimal as long as five digits are enough; null for what they are not enough for. */
function shortPercent(share: bigint, total: bigint): string | null {
  const text = percentText(share, total);
  if (text === null || text.replace('.', '').length <= 5) return text;
  const whole = String((share * 200n + total) / (total * 2n));
  return whole.length <= 5 ? whole : null;
}

/** A share in per cent; an estimate where one of the two is. */
function percent(
  part: KnownFigure | undefined,
  whole: KnownFigure | undefined,
  of: string,
): Candidate | undefined {
  const [share, total] = [exact(part, true), exact(whole, false)];
  if (!part || share === null) return undefined;
  if (share === 0n)
    return { value: '0', isSure: part.estimated !== true, from: `None, by ${part.from}.` };
  if (!whole || total === null) return undefined;
  const text = shortPercent(share, total);
  if (text === null) return undefined;
  const isSure = part.estimated !== true && whole.estimated !== true;
  const from = `${part.value} of ${whole.value} ${of}, by ${part.from}${whole.from === part.from ? '' : ` and ${whole.from}`}.`;
  return { value: text, isSure, from };
}

/** The same of what can't be more than all there is. */
function percentOfAll(
  part: KnownFigure | undefined,
  whole: KnownFigure | undefined,
  of: string,
): Candidate | undefined {
  const made = percent(part, whole, of);
  return typeof made?.value === 'string' && Number(made.value) > 100
    ? concluded('100', `${made.from} That is ${made.value} per cent, which can’t be.`)
    : made;
}

/** An amount in the reporting currency; the worksheet's are in euros. */
function euros(known: KnownFigure | undefined, currency: string): Candidate | undefined {
  if (currency !== 'EUR') return undefined;
  return taken(known, () => {
    const figure = exact(known, false);
    return figure === null ? null : amountText((figure * 200n + ONE) / (ONE * 2n));
  });
}

const GROUPS = [
  ['clients', 'clients'],
  ['counterparts', 'financial_counterparts'],
  ['transactions', 'transactions'],
] as const;

/** 3.12: one statement for each group whose figure is known. */
function statements({ figures }: ReportKnowledge): Candidate | undefined {
  const value = GROUPS.flatMap(([name, group]) => {
    const known = figures?.[name];
    const figure = exact(known, true);
    if (!known || figure === null) return [];
    if (figure === 0n) return [`no_impact_on_${group}`];
    return [`${known.estimated ? 'estimates' : 'actual_figures'}_for_${group}_affected`];
  });
  if (value.length === 0) return undefined;
  return {
    value,
    isSure: value.length === GROUPS.length,
    from:
      value.length === GROUPS.length
        ? 'By which of the figures are marked as estimates.'
        : 'By which of the figures are marked as estimates. Some figures are not known yet.',
  };
}

/** From the first instant to the last; null where one isn't there or they are the wrong way round. */
function span(first: string | undefined, last: string | undefined): string | null {
  const [from, to] = [millisOf(first), millisOf(last)];
  return from === null || to === null || to < from ? null : durationText((to - from) / 60_000);
}

/** 3.15, from occurrence (else detection) to resolution, else until now. */
function durationOf({ duration, times, now }: ReportKnowledge): Candidate | undefined {
  const stated = taken(duration, (value) => value);
  if (stated) return stated;
  const start = times?.occurred ?? times?.detected;
  if (!start) return undefined;
  const end = times?.resolved;
  const text = span(start.value, end?.value ?? now);
  if (text === null) return undefined;
  if (!end)
    return concluded(text, `From ${readInstant(start.value)} until now; the incident goes on.`);
  return {
    value: text,
    isSure: times.occurred !== undefined && start.estimated !== true && end.estimated !== true,
    from: `From ${readInstant(start.value)} until ${readInstant(end.value)}, by ${end.from}.`,
  };
}

/** 3.17, by whether what is stated is marked as an estimate. */
function timeStatement(duration: Candidate | undefined, downtime: Candidate | undefined) {
  const sure = [duration, downtime].filter((one) => one !== undefined).map(({ isSure }) => isSure);
  if (sure.length === 0) return undefined;
  const value = sure.every(Boolean)
    ? 'actual_figures'
    : sure.some(Boolean)
      ? 'actual_figures_and_estimates'
      : 'estimates';
  return { value, isSure: true, from: 'By whether duration and downtime are estimates.' };
}

const listed = (names: readonly string[]): FieldValue => names.join('; ');

const LETTERS = ['a', 'b', 'c', 'd'] as const;

/** Fields 3.1 to 3.17. */
export function impactCandidates(knowledge: ReportKnowledge): Candidates {
  const { figures, times, entity } = knowledge;
  const currency = entity?.value.currency ?? 'EUR';
  const duration = durationOf(knowledge);
  const downtime = taken(knowledge.downtime, (value) => value);
  const isAnyTransaction = (exact(figures?.transactions, true) ?? 0n) > 0n;
  const ofTransactions = (candidate: Candidate | undefined) =>
    isAnyTransaction ? candidate : undefined;
  return present([
    ['3.1', taken(knowledge.authorityReference, (value) => value)],
    ['3.2', taken(times?.occurred, instantText)],
    ['3.3', taken(times?.recovered, instantText)],
    ['3.4', number(figures?.clients)],
    ['3.5', percentOfAll(figures?.clients, figures?.clientsTotal, 'clients of the service')],
    ['3.6', number(figures?.counterparts)],
    [
      '3.7',
      percentOfAll(
        figures?.counterparts,
        figures?.counterpartsTotal,
        'counterparts of the service',
      ),
    ],
    ['3.8', taken(knowledge.relevantAffected, (value) => value)],
    ['3.9', ofTransactions(number(figures?.transactions))],
    [
      '3.10',
      ofTransactions(
        percent(
          figures?.transactions,
          figures?.transactionsDaily,
          'transactions on an average day',
        ),
      ),
    ],
    ['3.11', ofTransactions(euros(figures?.transactionsValue, currency))],
    ['3.12', statements(knowledge)],
    [
      '3.13',
      taken(knowledge.reputation, (letters) =>
        LETTERS.flatMap((letter, at) => {
          const choice = REPUTATIONAL_IMPACTS[at];
          return letters.includes(letter) && choice ? [choice.value] : [];
        }),
      ),
    ],
    ['3.15', duration],
    ['3.16', downtime],
    ['3.17', timeStatement(duration, downtime)],
  ]);
}

/** Fields 3.18 to 3.35. */
export function effectCandidates(knowledge: ReportKnowledge): Candidates {
  const { classification, components, measures, figures } = knowledge;
  const met = classification?.value.thresholds_met;
  const hasClients = (exact(figures?.clients, true) ?? 0n) > 0n;
  return present([
    [
      '3.18',
      met?.geographical_spread && hasClients
        ? concluded(['clients'], 'Concluded, because clients are affected. Add what else is.')
        : undefined,
    ],
    ['3.20', met?.data_losses ? taken(knowledge.dataLosses, (value) => value) : undefined],
    ['3.22', taken(knowledge.criticalServices, listed)],
    [
      '3.23',
      classification?.value.malicious_access_9_5_b
        ? concluded(
            ['cybersecurity-related'],
            `Concluded, because there was a malicious access (${classification.from}).`,
          )
        : undefined,
    ],
    ['3.27', taken(knowledge.functionalAreas, listed)],
    ['3.28', components?.value.length ? taken(components, () => 'yes') : undefined],
    ['3.29', taken(components, listed)],
    [
      '3.31',
      knowledge.breachNotified?.value
        ? concluded(
            ['data_protection_authority'],
            `Concluded, because the authority was told of a personal data breach (${knowledge.breachNotified.from}). Add who else was.`,
          )
        : undefined,
    ],
    ['3.33', measures?.value.length ? taken(measures, () => true) : undefined],
    ['3.34', taken(measures, listed)],
  ]);
}
