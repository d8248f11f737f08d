/** Which of the backups in a folder are meant. Pure. */
import type { ShareBackup } from '#lib/mpc/backup/archive.ts';
import { epochCoverage, type EpochCoverage } from '#lib/mpc/backup/coverage.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { Problem } from '../supervisor/problem.ts';
import type { Recovery } from './command.ts';

export type Chosen = {
  archives: ShareBackup[];
  coverage: EpochCoverage;
  threshold: number;
  address: string;
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

/** Archives are signed by their parties, so a forged one contradicts those of the others. */
function requireAgreement(archives: readonly ShareBackup[]): void {
  const views = distinct(
    archives.map(({ groupKey, members, vault }) => canonicalize({ groupKey, members, vault })),
  );
  if (views.length > 1)
    throw new Problem(
      `The backups of ${distinct(archives.map(({ party }) => party)).join(', ')} contradict each other about the key, its address or its parties, so one of them is forged. Find out which: compare the address with the one you know, and take that file away.`,
    );
}

function coverageOfEpoch(archives: readonly ShareBackup[], epoch: number): EpochCoverage {
  const of = archives.filter((archive) => archive.epoch === epoch);
  const [first] = of;
  if (!first) throw new Problem(`There is no backup of epoch ${epoch}.`);
  requireAgreement(of);
  return epochCoverage(
    {
      key: first.key,
      epoch,
      threshold: first.groupKey.threshold,
      parties: first.members.map(({ name }) => name),
    },
    epoch,
    of,
  );
}

/** @throws Problem that says what to name, or what is wrong with the backups. */
export function chooseBackups(
  all: readonly ShareBackup[],
  { key, epoch, address, do: purpose }: Pick<Recovery, 'key' | 'epoch' | 'address' | 'do'>,
): Chosen {
  const own = oneKey(all, key);
  const epochs = distinct(own.map((archive) => archive.epoch)).toSorted((a, b) => b - a);
  const coverages = (epoch === null ? epochs : [epoch]).map((one) => coverageOfEpoch(own, one));
  const [newest] = coverages;
  // Rebuilding needs a threshold of one epoch; a drill looks at the newest there is.
  const enough = coverages.find(({ canRebuild }) => canRebuild);
  const coverage = purpose === 'drill' ? newest : (enough ?? newest);
  if (!coverage) throw new Problem('The folder holds no share backup that could be used.');
  const archives = own.filter((archive) => archive.epoch === coverage.epoch);
  const [first] = archives;
  if (!first) throw new Error('A covered epoch has an archive.');
  if (address !== null && first.vault.address !== address)
    throw new Problem(
      `The backups are of address ${first.vault.address}, not of ${address}. These are other backups, or forged ones.`,
    );
  return {
    archives,
    coverage,
    threshold: first.groupKey.threshold,
    address: first.vault.address,
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
