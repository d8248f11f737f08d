/**
 * Which purposes stop where an objection is granted in part: what goes on is kept on a ground, and the rest stops (Article
 * 21(1) GDPR). Pure.
 */
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { Decision, RefusalGround } from '../requests/life.ts';

/** Grounds on which a purpose that rests on our interest goes on. */
const keeping: ReadonlySet<RefusalGround> = new Set([
  'compelling',
  'objection-claims',
  'restricted-by-law',
]);

/** Whether a decision about an objection keeps some purposes, so that it names those that stop. */
export const keepsSome = ({
  decision,
  grounds,
}: {
  decision: Decision | '';
  grounds: readonly RefusalGround[];
}): boolean => decision === 'grant-in-part' && grounds.some((ground) => keeping.has(ground));

/** A purpose as a decision names it: its activity, the version of that, and its place there, from 0. */
export const purposeKey = ({
  activity,
  version,
  place,
}: {
  activity: string;
  version: number;
  place: number;
}): string => `${activity}.${version}.${place}`;

type Choice = {
  /** Purposes that stop; none where the decision names none. */
  stops: readonly string[] | undefined;
  /** All that can stop. */
  objectable: readonly string[];
  /** Something stops beside them: marketing did, or fields that rest on our interest themselves. */
  stopsMore: boolean;
};

/** What is wrong with the choice; null where at least one stops, one is kept, and all of them are still there. */
export function findChoiceFault({ stops, objectable, stopsMore }: Choice): Refused | null {
  if (stops === undefined)
    return refuse(
      'stops-unsaid',
      'Granted in part, an objection stops some purposes and keeps others. Say which of them stop (Art 21(1)).',
    );
  if (stops.some((one) => !objectable.includes(one)))
    return refuse(
      'purposes-moved',
      'What can be objected to has changed since. Say anew which purposes stop.',
    );
  if (new Set(stops).size >= objectable.length)
    return refuse(
      'nothing-kept',
      'No purpose is left that goes on on this ground. Grant it whole, or leave out what is kept.',
    );
  return stops.length > 0 || stopsMore
    ? null
    : refuse(
        'nothing-stops',
        'Nothing would stop, so nothing is granted. Choose what stops, or refuse it.',
      );
}
