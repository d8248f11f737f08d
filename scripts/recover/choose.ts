/** Which of the backups in a folder are meant. Pure. */
import type { ShareBackup } from '#lib/mpc/backup/archive.ts';
import { epochCoverage, type EpochCoverage } from '#lib/mpc/backup/coverage.ts';
import { publicKeyOf } from '#lib/mpc/frost/group.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { Problem } from '../supervisor/problem.ts';
import type { Backups } from './backups.ts';
import type { Recovery } from './command.ts';

export type Chosen = {
  archives: ShareBackup[];
  coverage: EpochCoverage;
  threshold: number;
  address: string;
  /** A newer epoch of which there are backups, too few to rebuild from; null for none. */
  newer: number | null;
};

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

function oneKey(archives: readonly ShareBackup[], wanted: string | null): ShareBackup[] {
  const keys = distinct(archives.map(({ key }) => key));
  const key = wanted ?? keys[0];
  if (key === undefined) throw new Problem('The folder holds no share backup that could be used.');
  if (wanted === null && keys.length > 1)
    throw new Problem(
      `The backups are of several keys: ${keys.join(', ')}. Choose one with --key.`,
    );
  const own = archives.filter((archive) => archive.key === key);
  if (own.length === 0)
    throw new Problem(`There is no backup of key ${key}. The backups are of ${keys.join(', ')}.`);
  const realms = distinct(own.map((one) => `${one.organisation} (${one.environment})`));
  if (realms.length > 1)
    throw new Problem(
      `The backups are of ${realms.join(' and ')}. Put them in folders of their own.`,
    );
  return own;
}

/**
 * Archives are signed by their parties and name each other's keys, so a forged one contradicts the
 * others.
 */
function requireAgreement(
  archives: readonly ShareBackup[],
  files: ReadonlyMap<string, string>,
  viewOf: (archive: ShareBackup) => unknown,
): void {
  const camps = Map.groupBy(archives, (archive) => canonicalize(viewOf(archive)));
  if (camps.size < 2) return;
  const sides = [...camps.values()].map((camp) =>
    camp.map(({ digest }) => files.get(digest) ?? digest).join(', '),
  );
  throw new Problem(
    `The backups contradict each other about the key, its address or its parties, so some are forged. These agree with each other: ${sides.join('; and these: ')}. Find out which are right, by the address you know and where the files come from, and take the others away.`,
  );
}

function coverageOfEpoch(
  archives: readonly ShareBackup[],
  epoch: number,
  files: ReadonlyMap<string, string>,
): EpochCoverage {
  const of = archives.filter((archive) => archive.epoch === epoch);
  const [first] = of;
  if (!first) throw new Problem(`There is no backup of epoch ${epoch}.`);
  requireAgreement(of, files, ({ groupKey, members }) => ({ groupKey, members }));
  const parties = first.members.map(({ name }) => name);
  const { threshold } = first.groupKey;
  return epochCoverage({ key: first.key, epoch, threshold, parties }, epoch, of);
}

/** With an address to go by, backups of other addresses are left alone. */
function ofAddress(archives: readonly ShareBackup[], address: string | null): ShareBackup[] {
  const own = archives.filter(({ vault }) => address === null || vault.address === address);
  if (own.length === 0 && address !== null)
    throw new Problem(
      `The backups are of address ${distinct(archives.map(({ vault }) => vault.address)).join(', ')}, not of ${address}. These are other backups, or forged ones.`,
    );
  return own;
}

/** @throws Problem that says what to name, or what is wrong with the backups. */
export function chooseBackups(
  { archives: all, files }: Pick<Backups, 'archives' | 'files'>,
  { key, epoch, address, do: purpose }: Pick<Recovery, 'key' | 'epoch' | 'address' | 'do'>,
): Chosen {
  const own = ofAddress(oneKey(all, key), address);
  // A refresh changes the shares, never the key.
  requireAgreement(own, files, ({ vault, groupKey }) => [vault, publicKeyOf(groupKey)]);
  const epochs = distinct(own.map((archive) => archive.epoch)).toSorted((a, b) => b - a);
  const coverages = (epoch === null ? epochs : [epoch]).map((one) =>
    coverageOfEpoch(own, one, files),
  );
  const [newest] = coverages;
  // Rebuilding needs a threshold of one epoch; a drill looks at the newest there is.
  const enough = coverages.find(({ canRebuild }) => canRebuild);
  const coverage = purpose === 'drill' ? newest : (enough ?? newest);
  const archives = own.filter((archive) => archive.epoch === coverage?.epoch);
  const [first] = archives;
  if (!coverage || !first) throw new Error('A key with backups has a newest epoch.');
  return {
    archives,
    coverage,
    threshold: first.groupKey.threshold,
    address: first.vault.address,
    newer: newest && newest.epoch > coverage.epoch ? newest.epoch : null,
  };
}

/** The archives of the one share a drill opens. @throws Problem that asks for --party. */
export function chooseShare({ archives }: Chosen, party: string | null): ShareBackup[] {
  const parties = distinct(archives.map((archive) => archive.party));
  if (party === null && parties.length > 1)
    throw new Problem(
      `A drill opens one share. Say whose: --party ${parties.join(' or --party ')}.`,
    );
  const own = archives.filter((archive) => party === null || archive.party === party);
  if (own.length === 0)
    throw new Problem(`There is no backup of the share of party ${party ?? ''} in this epoch.`);
  return own;
}
