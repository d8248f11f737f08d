/**
 * Who counts among people whose statements are proven, and whether they are enough. The decision
 * counts with these functions; the segregation analyser is measured by them. Pure.
 */
import { isStopKind, type IntentKind } from './intent-kinds.ts';
import type { PolicyFacts } from './policy-facts.ts';
import type { Policy } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import { measureVoices, type Voice } from './requirements.ts';
import {
  groupAt,
  type Role,
  type Roster,
  type RosterCredential,
  type RosterDelegation,
  type RosterPerson,
  type Seats,
} from './roster.ts';
import type { Decision } from './statement.ts';

/** What one person of the roster stated, once it is certain that they did. */
export type Said = {
  person: RosterPerson;
  decision: Decision;
  /** What the person typed from the second channel, if anything. */
  code: string | null;
};

const hasDuplicates = (values: readonly string[]): boolean =>
  new Set(values).size !== values.length;

/**
 * Why a key in the roster states nothing, or null when it counts.
 * @param at in milliseconds since 1970.
 */
export function findKeyRefusal(
  { person, credential }: { person: RosterPerson; credential: RosterCredential },
  at: number,
): 'credential-revoked' | 'credential-expired' | null {
  if (credential.revokedAt !== null) return 'credential-revoked';
  const ends = [credential.notAfter, person.notAfter ?? null].flatMap((end) =>
    end === null ? [] : [Date.parse(end)],
  );
  return ends.every((end) => at < end) ? null : 'credential-expired';
}

/** Changes of people and rules, and stops, may come from an administrator as well. */
export const raisingRoles = (kind: IntentKind): readonly Role[] =>
  kind === 'roster-change' || kind === 'policy-change' || isStopKind(kind)
    ? ['officer', 'administrator']
    : ['officer'];

/** Whoever may raise or state anything may also say no; readers such as auditors may not. */
export const mayStop = ({ group, roles }: RosterPerson): boolean =>
  group !== null || roles.includes('officer') || roles.includes('administrator');

function findStop(said: readonly Said[]): PartyRefusal | null {
  const rejections = said.filter(({ decision }) => decision === 'reject');
  const cancellations = said.filter(({ decision }) => decision === 'cancel');
  if (rejections.some(({ person }) => mayStop(person))) return 'rejected-by-person';
  if (cancellations.some(({ person }) => mayStop(person))) return 'cancelled-by-person';
  return rejections.length + cancellations.length > 0 ? 'person-without-group' : null;
}

/**
 * Pairs of people who are one voice, not two: whoever speaks in another's place and that other, and
 * two who speak in the same one's place. Delegations that have ended are among them.
 */
export function standIns({
  people,
  delegations = [],
}: Seats): Pick<RosterDelegation, 'from' | 'to'>[] {
  const own = new Map(people.map(({ id, group }) => [id, group]));
  const given = delegations.filter(({ to }) => own.get(to) === null);
  const besides = given.flatMap((one, place) =>
    given
      .slice(place + 1)
      .filter((other) => other.from === one.from && other.to !== one.to)
      .map((other) => ({ from: one.to, to: other.to })),
  );
  return [...given, ...besides];
}

function standsInForSomeone(
  voices: readonly Voice[],
  { people, delegations = [] }: Seats,
): boolean {
  const speaks = new Set(voices.map(({ person }) => person));
  // A pair of two who speak comes from delegations to one of them.
  const ours = delegations.filter(({ to }) => speaks.has(to));
  return (
    ours.length > 0 &&
    standIns({ people, delegations: ours }).some(
      ({ from, to }) => speaks.has(from) && speaks.has(to),
    )
  );
}

/**
 * The voices among what was said: nobody said no, the raiser is entitled and apart, each of the
 * others has a group and counts once.
 * @param at in milliseconds since 1970; delegations end.
 */
export function findVoices(
  said: readonly Said[],
  kind: IntentKind,
  { roster, at }: { roster: Seats; at: number },
): Voice[] | PartyRefusal {
  const raise = said.find(({ decision }) => decision === 'raise');
  // Nobody's leave is needed to stop something: only whoever asks for it can take it back.
  const heard = isStopKind(kind)
    ? said.filter(({ person }) => person.id === raise?.person.id)
    : said;
  const stop = findStop(heard);
  if (stop) return stop;
  if (!raise?.person.roles.some((role) => raisingRoles(kind).includes(role)))
    return 'raiser-not-entitled';
  const others = heard.filter((entry) => entry !== raise);
  if (others.some(({ person }) => person.id === raise.person.id)) return 'raiser-in-quorum';
  if (hasDuplicates(others.map(({ person }) => person.id))) return 'person-counted-twice';
  const voices: Voice[] = [];
  for (const { person, decision, code } of others) {
    const group = groupAt(roster, person, at);
    if (group === null) return 'person-without-group';
    voices.push({ person: person.id, group, decision, code });
  }
  return standsInForSomeone(voices, roster) ? 'person-counted-twice' : voices;
}

/**
 * The decision's counting and nothing else: whether these people would be enough for an operation
 * with these facts, under this roster and policy, sound or not.
 * @param at in milliseconds since 1970, for the ends of delegations; rules look at `facts.now`.
 * @returns null when they are enough.
 */
export function countSaid(
  of: { roster: Roster; policy: Policy; facts: PolicyFacts; at: number },
  said: readonly Said[],
): PartyRefusal | null {
  const voices = findVoices(said, of.facts.kind, of);
  if (typeof voices === 'string') return voices;
  const measured = measureVoices([of.policy], of.facts, voices);
  if (!measured.ok) return measured.refusal;
  return measured.areMet ? null : 'statements-incomplete';
}
