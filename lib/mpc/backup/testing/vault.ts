/** A threshold key with backup groups and sealed shares, made in memory for the tests. */
import { suiteOf, type Suite } from '../../frost/suite.ts';
import { solanaKey, type KeyKind } from '../../testing/organisation.ts';
import { fromFrostPublic, identifierOf, type GroupKey } from '../../frost/group.ts';
import type { Member } from '../../frost/transcript.ts';
import { generateIdentitySecrets, identityFrom, type PartyIdentity } from '../../wire/identity.ts';
import type { Answer } from '../answer.ts';
import type { ShareBackup } from '../archive.ts';
import type { GroupRecord } from '../group.ts';
import { makeBackupGroup, type CustodianPart } from '../make-group.ts';
import { readPart, type Part } from '../part-text.ts';
import { sealShare, type SealInput } from '../seal-share.ts';

export const realm = { organisation: 'sample-custody', environment: 'sandbox' } as const;
export const madeAt = new Date('2026-05-04T09:30:00.000Z');

export function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.sentence);
  return answer.value;
}

export const people = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, place) => {
    const letter = String.fromCharCode(97 + ((from + place) % 26));
    return `p-${letter.repeat(10)}`;
  });

export type Holder = {
  party: string;
  index: number;
  share: Uint8Array;
  identity: PartyIdentity;
  record: GroupRecord;
  /** Texts of the custodians. */
  custodians: CustodianPart[];
  seal: SealInput;
  archive: ShareBackup;
};

export type TestVault = { groupKey: GroupKey; members: Member[]; holders: Holder[] };

const names = ['control', 'custody', 'recovery', 'cold-a', 'cold-b'];

export const parsed = (texts: readonly string[]): Part[] =>
  texts.map((text) => valueOf(readPart(text)));

/** Shares of one key, dealt by one hand: the tests need no ceremony, and may choose the secret. */
function deal(suite: Suite, threshold: number, size: number, secret?: Uint8Array) {
  const indexes = Array.from({ length: size }, (_, place) => place + 1);
  const { public: open, secretShares } = suite.frost.trustedDealer(
    { min: threshold, max: size },
    indexes.map((index) => identifierOf(suite, index)),
    secret,
  );
  return {
    groupKey: fromFrostPublic(suite, open, indexes),
    shares: indexes.map((index) => {
      const share = secretShares[identifierOf(suite, index)];
      if (!share) throw new Error('no share');
      return { index, share: share.signingShare };
    }),
  };
}

/**
 * @param of.size parties; the first is `control`.
 * @param of.m parts of `of.n` that open each group.
 * @param of.secret scalar to deal, for a second epoch of the same key.
 */
export async function makeVault(
  of: {
    threshold?: number;
    size?: number;
    m?: number;
    n?: number;
    epoch?: number;
    key?: string;
    secret?: Uint8Array;
    kind?: KeyKind;
  } = {},
): Promise<TestVault> {
  const {
    threshold = 2,
    size = 3,
    m = 2,
    n = 3,
    epoch = 1,
    key = 'key-warm-1',
    secret,
    kind = solanaKey,
  } = of;
  const { groupKey, shares } = deal(suiteOf(kind.suite), threshold, size, secret);
  const identities = shares.map(() => identityFrom(generateIdentitySecrets()));
  const members = shares.map(({ index }, place): Member => {
    const identity = identities[place];
    if (!identity) throw new Error('no identity');
    const { identityKey, exchangeKey } = identity;
    return { name: names[place] ?? `party-${index}`, index, identityKey, exchangeKey };
  });
  const holders = await Promise.all(
    members.map(async ({ name: party, index }, place): Promise<Holder> => {
      const identity = identities[place];
      const share = shares[place]?.share;
      if (!identity || !share) throw new Error('no party');
      const { record, parts } = valueOf(
        await makeBackupGroup({
          ...realm,
          id: `keep-${party}`,
          party,
          threshold: m,
          custodians: people(n, place * n),
          madeAt,
        }),
      );
      const seal: SealInput = {
        ...realm,
        key,
        suite: kind.suite,
        epoch,
        vault: { id: 'warm-1', tier: 'warm', chain: kind.chain },
        groupKey,
        members,
        party,
        share,
        identity,
        backupGroup: record.group,
        madeAt,
      };
      const archive = valueOf(await sealShare(seal));
      return { party, index, share, identity, record, custodians: parts, seal, archive };
    }),
  );
  return { groupKey, members, holders };
}

/** The party's first `count` parts, read. */
export const partsOf = ({ custodians }: Holder, count: number): Part[] =>
  parsed(custodians.slice(0, count).map(({ text }) => text));

/** Each way in which bytes could show up in a text by accident. */
export function spellings(secret: Uint8Array): string[] {
  const bytes = Buffer.from(secret);
  const reversed = Buffer.from(bytes).reverse();
  return [
    bytes.toString('latin1'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    reversed.toString('hex'),
    bytes.toString('base64').slice(0, 40),
    bytes.toString('base64url').slice(0, 40),
    BigInt(`0x${bytes.toString('hex')}`).toString(),
    BigInt(`0x${reversed.toString('hex')}`).toString(),
    [...bytes].join(','),
  ];
}
