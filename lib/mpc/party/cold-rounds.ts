/**
 * Steps of ceremonies that travel: each is a method that a party with a network answers at once, so
 * whatever works between parties works with a cold one too, only slower.
 */
import type { RoundAnswer, RoundRequest, StepAnswer } from '../wire/cold-documents.ts';
import { rpc } from '../wire/rpc.ts';
import { refuse, type Answer, type Party } from './party.ts';
import { endpoints } from './rpc-handlers.ts';

/** Nothing else: signatures go another way, on which a person presses a key. */
const TRAVELS =
  /^(?:status|offerGenesis|adopt|no|keyLook|(?:ceremony|refresh|repair|backup)[A-Z][a-zA-Z]*)$/u;

/** True for a step that a cold party takes from a document. */
export const travels = (method: string): boolean =>
  TRAVELS.test(method) && Object.hasOwn(rpc, method);

/** Before the genesis is pinned a party says who it is, and looks at a genesis. */
const BEFORE_GENESIS: ReadonlySet<string> = new Set(['status', 'offerGenesis']);

/** Why the steps as a whole are not taken, or null. */
export function findStepsFault(
  party: Party,
  { calls }: Pick<RoundRequest, 'calls'>,
): ReturnType<typeof refuse> | null {
  if (!calls.every(({ method }) => travels(method))) return refuse('step-does-not-travel');
  const isEarly = party.trust === null && calls.some(({ method }) => !BEFORE_GENESIS.has(method));
  return isEarly ? refuse('genesis-missing') : null;
}

function takeStep(party: Party, { method, request }: RoundRequest['calls'][number]): StepAnswer {
  const path = Object.entries(rpc).find(([name]) => name === method)?.[1].path ?? '';
  const endpoint = endpoints.get(path);
  const given: Answer<unknown> = endpoint
    ? endpoint.answer(party, request)
    : refuse('step-does-not-travel');
  return given;
}

/** Takes the steps in their order, until one is refused. */
export function takeSteps(
  party: Party,
  { calls }: Pick<RoundRequest, 'calls'>,
): RoundAnswer['answers'] {
  const answers: StepAnswer[] = [];
  for (const call of calls) {
    const taken = takeStep(party, call);
    answers.push(taken);
    if (!taken.ok) break;
  }
  return answers;
}
