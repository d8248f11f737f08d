/** On what a decision has to rest: data that were collected, and for a copy the package itself. Pure. */
import type { Decision, RefusalGround, Right } from './life.ts';

/** Grounds that say nothing of what is held, so that nobody has to look for it first. */
const withoutLooking: ReadonlySet<RefusalGround> = new Set([
  'unfounded',
  'excessive',
  'not-identified',
  'identity-not-shown',
  'authority-not-shown',
  'not-clarified',
]);

type Decided = { decision: Decision; grounds: readonly RefusalGround[] };

/** Whether a decision says something of data that are held, so that systems were looked through first. */
export const restsOnCollected = ({ decision, grounds }: Decided): boolean =>
  decision === 'refuse'
    ? grounds.some((ground) => !withoutLooking.has(ground))
    : decision !== 'nothing-held';

/** Whether a decision hands out a copy of data, which is then in a package (Art 15(3), 20(1)). */
export const handsOutCopy = (right: Right, decision: Decision): boolean =>
  (right === 'access' || right === 'portability') &&
  (decision === 'grant' || decision === 'grant-in-part');
