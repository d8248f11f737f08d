/** What the console knows itself and suggests for the worksheet, with where it comes from. Nobody has to take it. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { loadServiceFigures } from '#lib/operations/service-figures.ts';
import { loadCosts } from '../costs/load-costs.ts';
import { spanFact } from '../duration-text.ts';
import type { IncidentFile } from '../desk/load-incident.ts';
import { loadProfile } from '../entity/load-profile.ts';
import { amountText } from '../report/figures.ts';
import { isStated } from './stated.ts';
import { timeOf } from './known-facts.ts';

export type Suggestion = {
  name: string;
  value: string | boolean;
  estimated: boolean;
  /** Where it comes from, as people read it. */
  from: string;
};

/** Only for facts that nobody has entered. */
export async function loadSuggestions(
  tx: Tx,
  file: IncidentFile,
  now: Date,
): Promise<Suggestion[]> {
  const figures = await loadServiceFigures(tx, now);
  return [
    {
      name: 'clients_total_service',
      value: String(figures.clients),
      estimated: false,
      from: 'Clients with an account in the ledger',
    },
    {
      name: 'tx_daily_avg_number',
      value: figures.transactionsPerDay,
      estimated: true,
      from: `Client transactions in the ledger, average of the ${figures.days} days before`,
    },
    ...spanOf(file, now),
    ...(await costsOfFile(tx, file)),
  ].filter(({ name }) => !isStated(file.standing.facts[name]));
}

/** From when it began, or else was noticed, until it was resolved; an open one is measured until now (Art 3(1)). */
function spanOf({ standing, events }: IncidentFile, now: Date): Suggestion[] {
  const { facts } = standing;
  const first = events[0];
  if (first?.kind !== 'opened') return [];
  const began = timeOf(facts, 'occurred_at');
  const from = began ?? timeOf(facts, 'detected_at') ?? first.facts.detectedAt;
  const until = timeOf(facts, 'resolved_at') ?? timeOf(facts, 'recovered_at');
  const minutes = Math.floor(
    ((until ? Date.parse(until) : now.getTime()) - Date.parse(from)) / 60_000,
  );
  if (minutes < 0) return [];
  return [
    {
      name: 'duration',
      value: spanFact(minutes),
      estimated: until === null || began === null,
      from: `From when it ${began === null ? 'was noticed' : 'began'} until ${until === null ? 'now' : 'it was over'}`,
    },
  ];
}

/** Sums of the costs that were booked with the incident; the threshold is in euros (2024/1772 Art 7). */
async function costsOfFile(tx: Tx, { id }: IncidentFile): Promise<Suggestion[]> {
  const lines = await loadCosts(tx, { incidentId: id });
  if (lines.length === 0) return [];
  if (((await loadProfile(tx))?.facts.currency ?? 'EUR') !== 'EUR') return [];
  const sum = (pick: 'gross' | 'recoveries'): bigint =>
    lines.reduce((total, line) => total + line[pick], 0n);
  const from = 'Costs that were booked with the incident';
  return [
    { name: 'gross_costs_eur', cents: sum('gross') },
    { name: 'insurance_recovery_eur', cents: sum('recoveries') },
  ].flatMap(({ name, cents }) =>
    cents < 0n ? [] : [{ name, value: amountText(cents), estimated: false, from }],
  );
}
