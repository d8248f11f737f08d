/** What ending a key, somebody's access or their sessions does, and what it doesn't, in words. */
import type { StopView } from '#lib/identity/list-stops.ts';
import { stopReasonNames } from '#lib/identity/stop-reasons.ts';

export type StopAct = 'key' | 'person' | 'sessions';

export type StopWords = {
  button: string;
  pending: string;
  title: string;
  /** What happens at once. */
  does: string;
  /** What it leaves as it is. */
  doesNot: string;
  wayBack: string;
};

const partiesCount =
  'It does not reach the parties: they go on counting the key until a roster change takes it out. Whatever was signed before stays, so reject or cancel open operations you do not trust, and tell your colleagues and whoever runs the parties.';

/** @param name the person's. @param key the key's label, for a key. */
export function stopWords(act: StopAct, name: string, key: string): StopWords {
  switch (act) {
    case 'key':
      return {
        button: 'Stop this key',
        pending: 'Stopping',
        title: `Stop “${key}” of ${name}`,
        does: 'At once, in the console: every session opened with this key ends, it opens no other, and no statement made with it is taken.',
        doesNot: partiesCount,
        wayBack:
          'There is no way back for this key. A new one counts after an invitation and a roster operation that admits it.',
      };
    case 'person':
      return {
        button: 'Suspend',
        pending: 'Suspending',
        title: `Suspend ${name}`,
        does: `At once, in the console: every session of ${name} ends, an open enrolment link stops working, and no sign-in and no statement with any of their keys is taken.`,
        doesNot: partiesCount.replace('the key', 'their keys').replace('takes it', 'takes them'),
        wayBack: `To come back, ${name} is invited anew and admitted by a roster operation.`,
      };
    case 'sessions':
      return {
        button: 'End all sessions',
        pending: 'Ending',
        title: `End all sessions of ${name}`,
        does: `${name} is signed out everywhere at once.`,
        doesNot: 'It does not touch their keys. If one is lost or stolen, stop that key instead.',
        wayBack: `${name} can sign in again with any of their keys.`,
      };
  }
}

/** What to know before the last administrator is taken away. */
export const lastAdministratorWords =
  'Without an administrator nobody can invite people. Have another one admitted first, if there is time.';

/** "Stopped: lost or stolen" of an entry of the trail. @param key label of the key it is about. */
export function stopTitle({ what, reason }: StopView, key: string | null): string {
  const said = {
    suspended: 'Suspended',
    'key-stopped': `Key “${key ?? 'unknown'}” stopped`,
    'sessions-ended': 'All sessions ended',
  }[what];
  return reason === null ? said : `${said}: ${stopReasonNames[reason].toLowerCase()}`;
}

/** Who did it: a person, or the roster. */
export const stopActor = ({ by, rosterVersion }: StopView): string =>
  by ?? (rosterVersion === null ? 'by the system' : `by roster version ${rosterVersion}`);

/** "3 sessions ended." */
export const stoppedWords = (act: StopAct, sessionsEnded: number): string => {
  const done = { key: 'The key is stopped. ', person: 'Suspended. ', sessions: '' }[act];
  if (sessionsEnded === 0) return `${done}No session was open.`;
  return `${done}${sessionsEnded === 1 ? 'One session' : `${sessionsEnded} sessions`} ended.`;
};
