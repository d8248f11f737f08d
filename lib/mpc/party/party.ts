/** The party: its configuration, keys and stores in one place, handed to everything it does. */
import type { PairState } from '../dkls/pair/state.ts';
import type { Member } from '../frost/transcript.ts';
import type { Refusal } from '../refusals.ts';
import type { PartyIdentity } from '../wire/identity.ts';
import type { BackupProgress } from './backup.ts';
import type { PartyConfig } from './config.ts';
import type { CeremonySession } from './ceremony-session.ts';
import type { Log } from './log.ts';
import type { PairSetUp } from './pair-session.ts';
import type { PeerState } from './peers.ts';
import type { RefreshSession } from './refresh-session.ts';
import type { RepairSession } from './repair-session.ts';
import { admit, type RefusalWindow } from './refusal-window.ts';
import { SealError, type KeyEncryptionKey } from './seal.ts';
import type { SigningSession } from './signing-session.ts';
import { appendAudit, type AuditEntry } from './store/audit.ts';
import type { Database } from './store/database.ts';
import { listKeys, openShare, type KeyRecord } from './store/keys.ts';
import { loadTrust, type Trust } from './store/trust.ts';

export type Party = {
  readonly config: PartyConfig;
  readonly database: Database;
  readonly kek: KeyEncryptionKey;
  readonly identity: PartyIdentity;
  readonly log: Log;
  readonly now: () => Date;
  /** Null until a genesis is pinned. Replaced as a whole by `reloadTrust`. */
  trust: Trust | null;
  /** Live key ceremonies by key; memory only. */
  readonly ceremonies: Map<string, CeremonySession>;
  /** Live key refreshes by key; memory only. */
  readonly refreshes: Map<string, RefreshSession>;
  /** Live share repairs by key; memory only. */
  readonly repairs: Map<string, RepairSession>;
  /** Backups that are being sealed, or failed, by operation; memory only. */
  readonly backups: Map<string, BackupProgress>;
  /** Open signing sessions by handle; memory only. */
  readonly sessions: Map<string, SigningSession>;
  /** The key register as read last; null after a change. Read through `keysOf`. */
  register: KeyRecord[] | null;
  /** Opened shares by key and ceremony, so that a share is unsealed and checked once per process. */
  readonly shares: Map<string, Uint8Array>;
  /** Opened states of pairs by key, epoch, ceremony and peer; see `pairs.ts`. */
  readonly pairs: Map<string, PairState>;
  /** Pairs that are being set up, by key and peer; memory only. */
  readonly pairSetUps: Map<string, PairSetUp>;
  /** Which refusals of this hour are in the party's own record. */
  readonly refusals: RefusalWindow;
  /** What is known of the other parties; memory only. */
  readonly peers: PeerState;
  /** Called after this party took over something that the others should hear of soon. */
  onNews: () => void;
};

/** What every handler answers. The culprit is the party to blame, where that can be told. */
export type Answer<T> =
  | { ok: true; value: T }
  | { ok: false; refusal: Refusal; culprit: string | null };

export const answer = <T>(value: T): Answer<T> => ({ ok: true, value });

export const refuse = (
  refusal: Refusal,
  culprit: string | null = null,
): { ok: false; refusal: Refusal; culprit: string | null } => ({ ok: false, refusal, culprit });

/** Reads the trust log again, after this process changed it. */
export function reloadTrust(party: Party): void {
  party.trust = loadTrust(party.database, party.kek);
}

/** The key register, parsed once per change. */
export function keysOf(party: Party): readonly KeyRecord[] {
  party.register ??= listKeys(party.database);
  return party.register;
}

/** The party's share of a key. @throws SealError when it doesn't open or doesn't belong. */
export function shareOf(party: Party, record: KeyRecord): Uint8Array {
  const name = `${record.key} ${record.ceremony}`;
  const known = party.shares.get(name);
  if (known) return known;
  const share = openShare(party.database, party.kek, party.config.name, record);
  party.shares.set(name, share);
  return share;
}

/** The same, or null where the share is lost: its record is genuine, but it doesn't open any more. */
export function findShare(party: Party, record: KeyRecord): Uint8Array | null {
  try {
    return shareOf(party, record);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/** Erases an opened share from memory. */
export function forgetShare(party: Party, { key, ceremony }: KeyRecord): void {
  const name = `${key} ${ceremony}`;
  party.shares.get(name)?.fill(0);
  party.shares.delete(name);
}

/** Adds an entry to the party's own record; joins the commit it is called in. */
export function note(party: Party, entry: Partial<AuditEntry> & Pick<AuditEntry, 'event'>): void {
  appendAudit(party.database, party.now(), {
    operation: null,
    digest: null,
    refusal: null,
    ...entry,
  });
}

/** Adds an entry that others can cause; the first of each kind is kept, and so many an hour. */
export function noteBounded(
  party: Party,
  entry: Partial<AuditEntry> & Pick<AuditEntry, 'event'>,
): void {
  const { event, operation = null, digest = null, refusal = null } = entry;
  const what = `${event} ${operation ?? ''} ${digest ?? ''} ${refusal ?? ''}`;
  const { isKept, leftBefore } = admit(party.refusals, what, party.now().getTime());
  if (leftBefore > 0)
    note(party, {
      event: 'refused',
      refusal: `${leftBefore} more refusals in the hour before were not kept.`,
    });
  if (isKept) note(party, entry);
}

/** {@link noteBounded} for a refusal. */
export function noteRefusal(
  party: Party,
  operation: string | null,
  digest: string | null,
  refusal: Refusal,
): void {
  noteBounded(party, { event: 'refused', operation, digest, refusal });
}

/** The roster's parties as members, or null when this party is not one of them with its keys. */
export function membersInForce(party: Party, trust: Trust): Member[] | null {
  const own = trust.roster.parties.find((entry) => entry.name === party.config.name);
  const { identityKey, exchangeKey } = party.identity;
  const genuine =
    own?.group === party.config.group &&
    own.identityKey === identityKey &&
    own.exchangeKey === exchangeKey;
  if (!genuine) return null;
  return trust.roster.parties.map(
    ({ name, index, identityKey: identity, exchangeKey: exchange }) => ({
      name,
      index,
      identityKey: identity,
      exchangeKey: exchange,
    }),
  );
}

/** Identity keys by name of everybody but this party. */
export function peersOf(party: Party, members: readonly Member[]): Map<string, string> {
  return new Map(
    members
      .filter(({ name }) => name !== party.config.name)
      .map(({ name, identityKey }) => [name, identityKey]),
  );
}
