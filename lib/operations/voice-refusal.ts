/** Whether a yes would count beside those on record, asked of the parties' own counting. Pure. */
import { refuse, type Refused } from '#lib/platform/result.ts';
import { findVoices, type Said } from '#lib/protocol/counting.ts';
import type { IntentKind } from '#lib/protocol/intent-kinds.ts';
import type { Seats } from '#lib/protocol/roster.ts';
import type { Decision } from '#lib/protocol/statement.ts';

export type VoiceRefusal = 'one-voice' | 'voice-lapsed';

type Stated = { personId: string; decision: Decision };

/**
 * What delegations take from a yes: whoever stands in for somebody is one voice with them, and a
 * statement stops counting when the delegation ends that it was made under. Meant for somebody who
 * has a group now; other reasons are told elsewhere.
 * @param of.at in milliseconds since 1970.
 */
export function findVoiceRefusal(
  stated: readonly Stated[],
  own: Stated,
  of: { kind: IntentKind; noun: string; roster: Seats; at: number },
): Refused<VoiceRefusal> | null {
  const people = new Map(of.roster.people.map((person) => [person.id, person]));
  const said = [...stated, own].flatMap(({ personId, decision }): Said[] => {
    const person = people.get(personId);
    return person ? [{ person, decision, code: null }] : [];
  });
  const voices = findVoices(said, of.kind, of);
  if (voices === 'person-counted-twice')
    return refuse(
      'one-voice',
      `Somebody with whom you are one voice has stated on this ${of.noun} already: one of you stands in for the other, or both for the same colleague. Somebody else must.`,
    );
  if (voices === 'person-without-group')
    return refuse(
      'voice-lapsed',
      `Somebody stated on this ${of.noun} under a delegation that has ended, so the parties would refuse it. Whoever raised it can cancel it and raise a new one.`,
    );
  return null;
}
