/** What is to be done next about a breach, by whom and until when, for whoever opens its desk at night. Pure, for screens. */
import type { BreachClock } from './clock.ts';
import { contents, type Content } from './completeness.ts';
import type { BreachStanding } from './fold.ts';
import { isDocumented } from './rules.ts';
import { tellingsOf } from './tellings.ts';

export type NextStep = {
  what: string;
  /**
   * `work`: the data protection officer; `sign`: a custody officer or a manager, with a key; `second` and `agree`:
   * another one of them than who proposed not to notify, or decided on an exception.
   */
  who: 'work' | 'sign' | 'second' | 'agree';
  /** ISO instant, or how the law says it; null where nothing ends. */
  until: { at: string } | { words: string } | null;
};

export type NextInput = {
  standing: BreachStanding;
  clock: Pick<BreachClock, 'dueAt' | 'state'>;
  missing: readonly Content[];
  isAuthoritySettled: boolean;
  arePersonsSettled: boolean;
};

const noDelay = (article: string) => ({ words: `without undue delay (Art ${article})` });

/** In the order in which they press; none while it is only suspected, which has a notice of its own, and at its end. */
export function nextSteps(input: NextInput): NextStep[] {
  const { state } = input.standing;
  if (state !== 'confirmed' && state !== 'assessed' && state !== 'contained') return [];
  const steps = [
    ...authoritySteps(input),
    ...personsSteps(input),
    ...missingSteps(input),
    ...containedSteps(input),
  ];
  return steps.length > 0 ? steps : [{ what: 'Close it.', who: 'work', until: null }];
}

function authoritySteps({ standing, clock }: NextInput): NextStep[] {
  const { phases, proposal, clearedAt, notifiedAt, risk } = standing;
  const until =
    notifiedAt === null && clock.dueAt !== null ? { at: clock.dueAt } : noDelay('33(4)');
  const assess: NextStep[] =
    risk === null ? [{ what: 'Assess the risk to persons.', who: 'work', until }] : [];
  const last = phases.at(-1);
  if (last?.sent === null)
    return [
      {
        what: `Send part ${last.phase} to the authority, and record its reference.`,
        who: 'work',
        until,
      },
      ...assess,
    ];
  if (notifiedAt !== null || clearedAt !== null) return assess;
  if (proposal !== null)
    return [
      {
        what: 'Decide as the second person whether the authority is not notified.',
        who: 'second',
        until,
      },
    ];
  const orNobody = risk === 'unlikely' ? ', or propose not to notify' : '';
  const late = clock.state === 'overdue' ? ' with the reasons for the delay' : '';
  return [
    ...assess,
    { what: `Sign off the initial notification${late}${orNobody}.`, who: 'sign', until },
  ];
}

function personsSteps({ standing, arePersonsSettled }: NextInput): NextStep[] {
  const { decision, risk } = standing;
  if (risk === null || arePersonsSettled) return [];
  const until = noDelay('34(1)');
  if (decision === null)
    return [{ what: 'Decide whether the persons are told.', who: 'sign', until }];
  if (decision.isTold) {
    const { missing } = tellingsOf(standing);
    const words = missing.toLocaleString('en-GB');
    return [{ what: `Tell the persons: ${words} at least wait.`, who: 'work', until }];
  }
  return decision.isAgreed
    ? [{ what: 'Make it public, and record that.', who: 'work', until }]
    : [{ what: 'Agree as the second person that the exception holds.', who: 'agree', until }];
}

/** The authority gets all of Art 33(3), in parts where it has to be. */
function missingSteps({ standing, missing, isAuthoritySettled }: NextInput): NextStep[] {
  if (isAuthoritySettled)
    return isDocumented(standing)
      ? []
      : [
          {
            what: 'Describe it: facts, effects and remedies are documented (Art 33(5)).',
            who: 'work',
            until: null,
          },
        ];
  const until = standing.notifiedAt === null ? null : noDelay('33(4)');
  if (missing.length > 0) {
    const names = missing.map((one) => contents[one].name.toLowerCase()).join(', ');
    return [{ what: `Put on record what Art 33(3) asks for: ${names}.`, who: 'work', until }];
  }
  return standing.notifiedAt !== null && standing.phases.at(-1)?.sent !== null
    ? [{ what: 'Sign off the rest of the notification.', who: 'sign', until }]
    : [];
}

const containedSteps = ({ standing: { containedAt } }: NextInput): NextStep[] =>
  containedAt === null
    ? [{ what: 'Contain it, and say by which measures.', who: 'work', until: null }]
    : [];
