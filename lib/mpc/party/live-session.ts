/**
 * What a ceremony, a refresh and a repair have in common while they run: at most one for a key, in
 * memory only, given up after a while, and ended by a "no" and by an old copy of the records.
 */
import type { Refusal } from '../refusals.ts';
import { isOver } from './attempt.ts';
import { note, refuse, type Party } from './party.ts';
import type { AuditEvent } from './store/audit.ts';

export type LiveSession = {
  readonly intent: { readonly key: string; readonly operation: string };
  readonly intentDigest: string;
  /** Of the statements; the session stops once it is over. */
  readonly attempt: number;
  /** After this instant (milliseconds) it is given up. */
  readonly endsAt: number;
  /** Which round the party waits for next. */
  readonly step: string;
};

export type LiveKind<S extends LiveSession> = {
  /** By key. */
  of: (party: Party) => Map<string, S>;
  /** Overwrites what is secret. */
  erase: (session: S) => void;
  unknown: Refusal;
  outOfStep: Refusal;
  aborted: AuditEvent;
};

export type LiveSessions<S extends LiveSession> = {
  /** Erases the session's secrets and forgets it. */
  drop(party: Party, key: string): void;
  dropStale(party: Party): void;
  /** Stops what people said no to. */
  dropRejected(party: Party, operation: string, attempt: number): void;
  dropAll(party: Party): void;
  /** Ends a session: its secrets in memory are erased, the reason goes to the party's own record. */
  abort(
    party: Party,
    session: S,
    refusal: Refusal,
    culprit: string | null,
  ): ReturnType<typeof refuse>;
  /**
   * The session of a key, when it waits for one of these steps, nobody said no meanwhile and no
   * other party showed that this one's records are an old copy.
   */
  find(party: Party, key: string, ...steps: S['step'][]): S | Refusal;
};

export function liveSessions<S extends LiveSession>(kind: LiveKind<S>): LiveSessions<S> {
  const drop = (party: Party, key: string): void => {
    const session = kind.of(party).get(key);
    if (!session) return;
    kind.of(party).delete(key);
    kind.erase(session);
  };
  const dropWhere = (party: Party, isOut: (session: S) => boolean): void => {
    for (const [key, session] of kind.of(party)) if (isOut(session)) drop(party, key);
  };
  const dropStale = (party: Party): void => {
    const now = party.now().getTime();
    dropWhere(party, ({ endsAt }) => now > endsAt);
  };
  const abort: LiveSessions<S>['abort'] = (party, session, refusal, culprit) => {
    const { intent, intentDigest: digest } = session;
    drop(party, intent.key);
    note(party, { event: kind.aborted, operation: intent.operation, digest, refusal });
    party.log(kind.aborted, { key: intent.key, refusal, culprit });
    return refuse(refusal, culprit);
  };
  return {
    drop,
    dropStale,
    abort,
    dropRejected: (party, operation, attempt) =>
      dropWhere(
        party,
        (session) => session.intent.operation === operation && session.attempt <= attempt,
      ),
    dropAll: (party) => dropWhere(party, () => true),
    find(party, key, ...steps) {
      dropStale(party);
      const session = kind.of(party).get(key);
      if (!session) return kind.unknown;
      if (party.peers.behind !== null)
        return abort(party, session, 'own-store-behind', null).refusal;
      if (isOver(party, { ...session, operation: session.intent.operation }))
        return abort(party, session, 'attempt-ended', null).refusal;
      return steps.includes(session.step) ? session : kind.outOfStep;
    },
  };
}
