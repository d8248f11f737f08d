/**
 * What is unusual about an operation, by comparison with what is on record. Pure. It only points
 * things out to people: policy and parties decide by rules of their own.
 */
import { assetFacts } from '#lib/chains/assets.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { RecipientCheck } from './check-recipient.ts';
import { endLength } from './likeness.ts';
import { inWords } from './policy-words.ts';
import {
  compare,
  dayOf,
  lookAlikeSentence,
  type Comparison,
  type LookAlike,
} from './look-alike.ts';

export type Finding = {
  title: string;
  sentence: string;
  /** Of an address that looks like others: each beside it. */
  compare?: Comparison[];
};
export type Unusual = {
  found: Finding[];
  /** What was looked at, so that silence means something. */
  compared: string;
  /** What is said whether or not anything was found. */
  remains?: string;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Fewer earlier withdrawals than this say nothing about what is usual. */
const usualNeeds = 3;

export type WithdrawalFacts = {
  /** Where it goes. */
  address: string;
  asset: string;
  /** In the asset's smallest unit, as every amount here. */
  amount: bigint;
  /** Confirmed withdrawals of the same client and asset in the last 90 days. */
  earlier: readonly bigint[];
  destination: { timesUsed: number; listedAt: Date | null };
  /** Number of another withdrawal of the last 24 hours with the same destination and amount. */
  repeats: string | null;
  lookAlikes: readonly LookAlike[];
  /** What the client could withdraw if this withdrawal were not: other holds are taken off. */
  available: bigint;
  /** Network fee at most that the client bears in the same asset; 0 where the custodian or another asset does. */
  fee: bigint;
  /** What the client bears in another asset than the one that is sent: at most, and what is available of it. */
  otherFee: { asset: string; highest: bigint; available: bigint } | null;
  /** Null once the transaction is built: the chain has been asked about it itself. */
  recipient: RecipientCheck | null;
};

/** Middle value; of an even count the mean of the two in the middle, rounded down. */
function medianOf(amounts: readonly bigint[]): bigint {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0n;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0n) + upper) / 2n;
}

const inText = (units: bigint, asset: string): string =>
  `${formatAmount(units, assetFacts(asset).decimals)} ${asset}`;

function findSizeFinding({ amount, earlier, asset }: WithdrawalFacts): Finding | null {
  const [newest, other] = earlier;
  if (newest === undefined)
    return {
      title: 'Nothing to compare the amount with.',
      sentence: 'No withdrawal of this client was confirmed in the last 90 days.',
    };
  if (earlier.length < usualNeeds)
    return {
      title: 'Too few to compare:',
      sentence:
        other === undefined
          ? `one earlier, of ${inText(newest, asset)}.`
          : `two earlier, of ${inText(newest, asset)} and ${inText(other, asset)}.`,
    };
  const median = medianOf(earlier);
  if (median === 0n || amount < 2n * median) return null;
  const tenths = (amount * 10n) / median;
  return {
    title: 'Larger than usual.',
    sentence: `${tenths / 10n}.${tenths % 10n} times this client’s median withdrawal of the last 90 days.`,
  };
}

function findDestinationFinding(
  { timesUsed, listedAt }: WithdrawalFacts['destination'],
  now: Date,
): Finding | null {
  const age = listedAt === null ? null : now.getTime() - listedAt.getTime();
  if (age !== null && age < dayMs)
    return {
      title: 'Newly listed address.',
      sentence: `It was listed less than ${age < hourMs ? 'an hour' : 'a day'} ago${timesUsed === 0 ? ' and has never been used' : ''}.`,
    };
  return timesUsed > 0
    ? null
    : {
        title: 'First use of this address.',
        sentence: 'No withdrawal to it has been confirmed before.',
      };
}

function findLookAlikeFinding(address: string, lookAlikes: readonly LookAlike[]): Finding | null {
  const [first, ...others] = lookAlikes;
  if (!first) return null;
  return {
    title:
      others.length === 0
        ? 'Another address looks like this one.'
        : 'Other addresses look like this one.',
    sentence: `${lookAlikes.map((alike) => lookAlikeSentence(address, alike)).join(' ')} Compare every group.`,
    compare: lookAlikes.map((alike) => compare(address, alike)),
  };
}

function findRecipientFinding(recipient: RecipientCheck | null): Finding | null {
  if (recipient?.state === 'too-little')
    return {
      title: 'Less than the chain takes.',
      sentence: `An account on this chain must hold at least ${recipient.minimum}. As things stand the transfer fails; this address needs at least ${recipient.least}.`,
    };
  if (recipient?.state === 'dust')
    return {
      title: 'Less than nodes pass on.',
      sentence: `So little is dust: the transfer fails. This address needs at least ${recipient.least}.`,
    };
  if (recipient?.state === 'unknown')
    return {
      title: 'The chain could not be asked.',
      sentence:
        'Whether the address would hold what the chain asks of an account is not known. If not, the transfer fails in the end.',
    };
  return null;
}

const isFinding = (finding: Finding | null): finding is Finding => finding !== null;

export function unusualWithdrawal(facts: WithdrawalFacts, now: Date): Unusual {
  const { amount, available, asset, earlier, repeats, fee } = facts;
  const rest = available - amount - fee;
  const withFee = fee === 0n ? '' : ` and a network fee of at most ${inText(fee, asset)}`;
  const found = [
    repeats === null
      ? null
      : {
          title: 'Looks like a repeat.',
          sentence: `${repeats} was raised within the last 24 hours for the same amount to the same address.`,
        },
    findRecipientFinding(facts.recipient),
    findLookAlikeFinding(facts.address, facts.lookAlikes),
    findDestinationFinding(facts.destination, now),
    findSizeFinding(facts),
    available > 0n && amount * 10n >= available * 9n
      ? {
          title: 'Takes nearly everything.',
          sentence:
            'It leaves a tenth or less of what the client had available, other holds taken off.',
        }
      : null,
  ];
  const remains =
    rest >= 0n
      ? `After it${withFee}, ${inText(rest, asset)} remain available to the client, other holds taken off.`
      : `What the client has available falls short of it${withFee} by ${inText(-rest, asset)}, other holds taken off.`;
  return {
    found: found.filter(isFinding),
    remains: `${remains}${otherFeeSentence(facts)}`,
    compared: `the address, its earlier use and ${alikeWords}; the amount with ${pastWords(earlier.length)} and with what is available; repeats within 24 hours${
      facts.recipient === null || facts.recipient.state === 'unknown'
        ? ''
        : '; what the address would hold with what the chain asks of an account'
    }`,
  };
}

/** Which other addresses one is held against. */
const alikeWords = `every other address that is or was in the book: the same first and last ${endLength} characters, only few characters changed, the same but for capitals`;

const pastWords = (count: number): string =>
  count === 0
    ? 'this client’s withdrawals of the last 90 days, of which there is none'
    : `this client’s ${count} withdrawal${count === 1 ? '' : 's'} of the last 90 days`;

/** The end of what remains, where the fee is in another asset; empty elsewhere. */
function otherFeeSentence({ otherFee }: Pick<WithdrawalFacts, 'otherFee'>): string {
  if (otherFee === null) return '';
  const { asset, highest, available } = otherFee;
  const fee = ` The network fee, at most ${inText(highest, asset)},`;
  return available >= highest
    ? `${fee} leaves at least ${inText(available - highest, asset)}.`
    : `${fee} is more than the ${inText(available, asset)} that the client has available.`;
}

/** @property removedAt null for a proposal that came to nothing */
export type FormerEntry = { label: string; client: string; removedAt: Date | null };

export type ListingFacts = {
  address: string;
  /** True when the same client has the address already, listed or proposed. */
  isTwice: boolean;
  /** Other clients for whom the same address is listed or proposed. */
  sharedWith: readonly string[];
  /** Earlier entries of the same address, for any client, newest first. */
  former: readonly FormerEntry[];
  /** False for an address off the curve, for which only a program can sign. */
  hasKey: boolean;
  lookAlikes: readonly LookAlike[];
};

function findFormerFinding(former: readonly FormerEntry[]): Finding | null {
  if (former.length === 0) return null;
  const wasListed = former.some(({ removedAt }) => removedAt !== null);
  const told = former.map(({ label, client, removedAt }) =>
    removedAt === null
      ? `“${label}” of ${client} was proposed and never listed.`
      : `“${label}” of ${client} was removed on ${dayOf(removedAt)}.`,
  );
  return {
    title: wasListed ? 'This address was on the list before.' : 'This address was proposed before.',
    sentence: `${told.join(' ')} Find out why before it is listed again.`,
  };
}

export function unusualListing(facts: ListingFacts): Unusual {
  const found = [
    facts.isTwice
      ? {
          title: 'The client has this address already.',
          sentence: 'It is listed or proposed for the same client a second time.',
        }
      : null,
    facts.sharedWith.length === 0
      ? null
      : {
          title: 'Another client has this address.',
          sentence: `It is on the list of ${facts.sharedWith.join(', ')} too.`,
        },
    findFormerFinding(facts.former),
    facts.hasKey
      ? null
      : {
          title: 'It belongs to a program.',
          sentence:
            'No key can sign for this address. Ask the client which program keeps the money and how they get it out.',
        },
    findLookAlikeFinding(facts.address, facts.lookAlikes),
  ];
  return {
    found: found.filter(isFinding),
    compared: `the address and ${alikeWords}, of all clients; and whether a key can sign for it`,
  };
}

export type CeremonyFacts = {
  /** A cold vault's key of which no cold party would hold a share. */
  isColdInName: boolean;
  outside: readonly string[];
  /** Parties of the roster that keys of this tier belong to, and that would hold no share. */
  missing: readonly string[];
};

export function unusualCeremony({ isColdInName, outside, missing }: CeremonyFacts): Unusual {
  const found = [
    isColdInName
      ? {
          title: 'Cold in name only.',
          sentence: 'Its shares would lie with the parties that are online for every other vault.',
        }
      : null,
    missing.length === 0
      ? null
      : {
          title: 'Not every party takes part.',
          sentence: `${inWords(missing)} ${missing.length === 1 ? 'gets' : 'get'} no share.`,
        },
    outside.length === 0
      ? null
      : {
          title: 'A party that is not in the roster.',
          sentence: `${outside.join(', ')} would hold a share.`,
        },
  ];
  return {
    found: found.filter(isFinding),
    compared:
      'the parties against those of the roster in force, and the tier against where they stand',
  };
}
