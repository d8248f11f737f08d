/** What may be written about a breach beyond the order of its steps. The database holds what must hold of it. Pure. */
import { refuse, type Refused } from '#lib/platform/result.ts';
import { breachClock } from './clock.ts';
import type { BreachFacts } from './event.ts';
import type { BreachStanding } from './fold.ts';
import { tellingsOf } from './tellings.ts';

/** Who gave reasons for a delay may sign late; it is counted from the clock. */
export const isLateAt = (standing: BreachStanding, at: Date): boolean =>
  breachClock({ ...standing, notifiedAt: null, clearedAt: null }, at).state === 'overdue';

/** The authority heard all of it, or it was decided that no risk is likely. */
export function isAuthoritySettled({ clearedAt, phases }: BreachStanding): boolean {
  const sent = phases.filter((phase) => phase.sent !== null);
  return clearedAt !== null || sent.at(-1)?.missing.length === 0;
}

/**
 * Nobody has to be told, everybody was, or two people hold that an exception of Art 34(3) stands. Once the risk was high by the rule or by
 * somebody's word, or it was decided on, it needs the decision of somebody who decides: who advises doesn't undo it alone.
 */
export function arePersonsSettled({
  risk,
  mustDecide,
  decision,
  told,
  toldAt,
}: BreachStanding): boolean {
  if (decision === null) return risk !== null && !mustDecide;
  if (decision.isTold) return toldAt !== null;
  if (decision.exception !== null && !decision.isAgreed) return false;
  return decision.exception === 'disproportionate'
    ? told.some(({ channel }) => channel === 'public')
    : true;
}

export function findClosingFault(standing: BreachStanding): Refused | null {
  if (!isAuthoritySettled(standing))
    return refuse(
      'authority-open',
      'Notify the authority of all that Article 33(3) asks for, or have two people decide that no risk is likely.',
    );
  if (!arePersonsSettled(standing)) return refuse('persons-open', openWords(standing));
  return isDocumented(standing)
    ? null
    : refuse(
        'undescribed',
        'Describe it first, with what may come of it and the measures: facts, effects and remedies of every breach are documented (Article 33(5)).',
      );
}

/** Facts, effects and remedial action are on record (Art 33(5)), so that the authority can verify what was done. */
export const isDocumented = ({
  description,
  texts,
}: Pick<BreachStanding, 'description' | 'texts'>): boolean =>
  description !== null && texts.has('consequences') && texts.has('measures');

/** What is to be done about the persons before it is closed. */
function openWords(standing: BreachStanding): string {
  const { decision } = standing;
  if (decision === null)
    return 'The risk is or was high, or it was decided on before: have it decided whether the persons are told.';
  if (decision.isTold) {
    const { told, missing } = tellingsOf(standing);
    return `Of the persons on record ${missing.toLocaleString('en-GB')} were not told yet, and ${told.toLocaleString('en-GB')} were. Tell everybody, or have two people decide that an exception of Article 34(3) holds.`;
  }
  return decision.isAgreed
    ? 'Record the public communication first, by which the persons are told (Article 34(3)(c)).'
    : 'A second person agrees first that the exception of Article 34(3) holds.';
}

/** An exception at a high risk takes two people, whoever was told by it or not. */
export function findAgreementFault({ decision }: BreachStanding, person: string): Refused | null {
  if (decision === null || decision.exception === null || decision.isAgreed)
    return refuse('nothing-decided', 'No exception waits for a second person.');
  return decision.by === person
    ? refuse('same-person', 'Who decided it does not agree to it. Ask somebody else.')
    : null;
}

export function findClearanceFault({
  risk,
  notifiedAt,
  clearedAt,
  proposal,
}: BreachStanding): Refused | null {
  if (risk !== 'unlikely')
    return refuse(
      'risk-likely',
      'Only where no risk to persons is likely is the authority not notified.',
    );
  if (notifiedAt !== null) return refuse('notified', 'The authority was notified already.');
  if (clearedAt !== null) return refuse('decided', 'This is decided already.');
  return proposal === null
    ? null
    : refuse('proposed', 'This is proposed already. Somebody else decides it.');
}

/** That it was no breach is proposed by one and decided by another, whatever roles they have. */
export function findDismissalFault({ dismissal }: BreachStanding, person: string): Refused | null {
  if (dismissal === null)
    return refuse('nothing-proposed', 'Nobody has proposed that it was no breach.');
  return dismissal.by === person
    ? refuse('same-person', 'Who proposed it does not decide it. Ask somebody else.')
    : null;
}

/** Whether it may be decided so on telling persons. */
export function findPersonsFault(
  { risk }: BreachStanding,
  { isTold, exception }: BreachFacts<'persons-decided'>,
): Refused | null {
  if (isTold)
    return exception === null
      ? null
      : refuse('exception-unfit', 'Who is told needs no exception. Choose one or the other.');
  if (risk === 'high' && exception === null)
    return refuse(
      'exception-missing',
      'The risk is high: choose the exception of Article 34(3) by which they are not told.',
    );
  return risk !== 'high' && exception !== null
    ? refuse('exception-unfit', 'Persons are told of a high risk only, so this needs no exception.')
    : null;
}
