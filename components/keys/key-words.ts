/** What the key register says of shares and backups. Pure. */
import type { HeldShare } from '#lib/operations/keys/key-reports.ts';
import { inWords } from '#lib/operations/policy-words.ts';
import type { StatusShape } from '../ui/status-mark.tsx';
import type { Tone } from '../ui/tone.ts';

type Mark = { shape: StatusShape; tone: Tone; words: string };

/** "2 of 3 shares backed up at epoch 4"; a share that is not is a warning. */
export function coverage(of: {
  backedUp: number;
  parties: readonly string[];
  epoch: number | null;
}): Mark {
  const { backedUp, epoch } = of;
  const shares = of.parties.length;
  if (epoch === null)
    return { shape: 'ring', tone: 'quiet', words: 'No party has said its epoch yet' };
  const words = `${backedUp === 0 ? 'None' : backedUp} of ${shares} shares backed up at epoch ${epoch}`;
  return backedUp === shares
    ? { shape: 'dot', tone: 'good', words }
    : { shape: 'triangle', tone: 'caution', words };
}

/** How a party's share stands towards the epoch in force. */
export function shareMark(share: HeldShare, epoch: number | null): Mark {
  switch (share.state) {
    case 'usable':
      return share.epoch === epoch
        ? { shape: 'dot', tone: 'good', words: `Usable, epoch ${share.epoch ?? ''}` }
        : { shape: 'triangle', tone: 'caution', words: `Behind, epoch ${share.epoch ?? ''}` };
    case 'prepared':
      return { shape: 'ring', tone: 'neutral', words: `Prepared, epoch ${share.epoch ?? ''}` };
    case 'lost':
      return { shape: 'triangle', tone: 'danger', words: 'Share lost' };
    case 'none':
      return { shape: 'triangle', tone: 'danger', words: 'Holds nothing of it' };
    case 'unknown':
      return { shape: 'square', tone: 'quiet', words: 'Not heard' };
  }
}

/** How the sealed copy of a party's share stands. */
export function backupMark(share: HeldShare, epoch: number | null): Mark {
  const { backedUpEpoch } = share;
  if (share.state === 'unknown')
    return { shape: 'square', tone: 'quiet', words: 'Backup not known' };
  if (backedUpEpoch === null) return { shape: 'triangle', tone: 'caution', words: 'Not backed up' };
  return backedUpEpoch === epoch
    ? { shape: 'dot', tone: 'good', words: `Backed up, epoch ${backedUpEpoch}` }
    : {
        shape: 'triangle',
        tone: 'caution',
        words: `Backed up at epoch ${backedUpEpoch} only, which no longer counts`,
      };
}

/** Parties for which the roster names nobody who keeps their backups; null where it names all. */
export function withoutCustodians(
  shares: readonly { party: string; custodians: object | null }[],
): string | null {
  const bare = shares.flatMap(({ party, custodians }) => (custodians === null ? [party] : []));
  if (bare.length === 0) return null;
  return `The roster names no custodians for ${bare.length === 1 ? 'party' : 'parties'} ${inWords(bare)}.`;
}

/** How things stand with all keys, in a sentence. */
export function registerState(
  keys: readonly { backedUp: number; usable: number; parties: readonly string[] }[],
): string {
  const uncovered = keys.filter(({ backedUp, parties }) => backedUp < parties.length).length;
  const short = keys.filter(({ usable, parties }) => usable < parties.length).length;
  const parts = [
    `${keys.length} ${keys.length === 1 ? 'key' : 'keys'}`,
    uncovered > 0 && `${uncovered} without a full backup of the epoch in force`,
    short > 0 && `${short} with a share that is not known to be usable`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}

/** The step in an epoch's history, as a line starts. */
export const historyWords: Readonly<Record<string, string>> = {
  'key-ceremony': 'Made',
  'key-refresh': 'Shares replaced',
  'key-repair': 'Share given back',
  'key-backup': 'Shares sealed',
};
