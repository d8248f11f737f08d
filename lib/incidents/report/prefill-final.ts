/** What fields 4.1 to 4.16 hold by what the console knows. Pure. */
import { thresholds } from '../thresholds.ts';
import { amountText, instantText, millisOf, readAmount } from './figures.ts';
import {
  concluded,
  present,
  readInstant,
  taken,
  type Candidate,
  type Candidates,
  type ReportKnowledge,
} from './knowledge.ts';

/** Fields 4.1 to 4.16. */
export function finalCandidates(knowledge: ReportKnowledge): Candidates {
  const { review, times, recurring, entity } = knowledge;
  const currency = entity?.value.currency ?? 'EUR';
  const costs = knowledge.costs?.value.currency === currency ? knowledge.costs : undefined;
  return present([
    ['4.1', taken(review, ({ causes }) => causes)],
    ['4.2', taken(review, ({ detailed }) => detailed)],
    ['4.3', taken(review, ({ additional }) => additional)],
    ['4.7', taken(times?.causeAddressed, instantText)],
    ['4.8', taken(times?.resolved, instantText)],
    ['4.9', againstPlan(knowledge)],
    ['4.12', economicImpact(costs)],
    ['4.13', taken(costs, ({ gross }) => amountText(gross))],
    ['4.14', taken(costs, ({ recovered }) => amountText(recovered))],
    [
      '4.15',
      taken(
        recurring,
        ({ count }) =>
          `The major incident is made of ${count} incidents that are not major alone and share the same apparent root cause.`,
      ),
    ],
    ['4.16', taken(recurring, ({ first }) => instantText(first))],
  ]);
}

function economicImpact(costs: ReportKnowledge['costs']): Candidate | undefined {
  if (!costs) return undefined;
  const { gross, currency } = costs.value;
  const amount = `${currency} ${readAmount(amountText(gross))}`;
  const limit = BigInt(thresholds.costs.limit);
  const limitText = `EUR ${readAmount(String(limit))}`;
  const words =
    currency !== 'EUR'
      ? `Gross costs and losses are ${amount}, to be held against the threshold of ${limitText}.`
      : gross > limit * 100n
        ? `Gross costs and losses are ${amount} and exceed the threshold of ${limitText}.`
        : `Gross costs and losses are ${amount} and don’t exceed the threshold of ${limitText}.`;
  return concluded(words, `Worked out from the costs (${costs.from}).`);
}

/** 4.9: the day of the resolution against the planned one, in calendar days of UTC. */
function againstPlan({ times }: ReportKnowledge): Candidate | undefined {
  const [planned, resolved] = [times?.planned, times?.resolved];
  const end = millisOf(resolved?.value);
  const plan = millisOf(planned && `${planned.value}T00:00:00Z`);
  if (!planned || !resolved || end === null || plan === null) return undefined;
  const days = Math.floor(end / 86_400_000) - plan / 86_400_000;
  const count = (number: number) => `${number} ${number === 1 ? 'day' : 'days'}`;
  const words =
    days === 0
      ? 'Resolved on the planned day'
      : days < 0
        ? `Resolved ${count(-days)} before the planned day`
        : `Resolved ${count(days)} after the planned day`;
  return concluded(
    `${words}, ${readInstant(`${planned.value}T00:00:00Z`).split(',')[0] ?? ''}.`,
    `Worked out from ${planned.from} and ${resolved.from}.`,
  );
}
