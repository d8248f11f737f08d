/** Takes in parts one by one, tells to which group each belongs, and knows what is still missing. */
import type { ShareBackup } from '#lib/mpc/backup/archive.ts';
import { groupFingerprint, type BackupGroup, type GroupRecord } from '#lib/mpc/backup/group.ts';
import { checkPart, isPartOf, type PartsOf } from '#lib/mpc/backup/join-parts.ts';
import { readPart, type Part } from '#lib/mpc/backup/part-text.ts';

type Tray = { of: PartsOf; group: BackupGroup; parts: Part[] };

export type PartsDesk = {
  /** Takes a part in, or says why not; which group it went to otherwise. */
  take(text: string): { ok: boolean; sentence: string };
  isOpen(archive: ShareBackup): boolean;
  partsFor(archive: ShareBackup): Part[];
  recordFor(archive: ShareBackup): GroupRecord | null;
  /** One sentence per group that can't be opened yet. */
  missing(): string[];
  erase(): void;
};

const fingerprintOf = (archive: ShareBackup): string =>
  groupFingerprint(archive, archive.backupGroup);

function missingSentence({ group, parts }: Tray): string {
  const has = new Set(parts.map(({ number }) => number));
  const others = group.custodians
    .map((person, place) => ({ person, number: place + 1 }))
    .filter(({ number }) => !has.has(number))
    .map(({ person, number }) => `part ${number} (${person})`);
  const wanted = group.threshold - parts.length;
  return `Group ${group.id}, which keeps the share of party ${group.party}: ${parts.length} of ${group.threshold} parts. ${wanted} of these ${wanted === 1 ? 'is' : 'are'} needed: ${others.join(', ')}.`;
}

export function openPartsDesk(
  archives: readonly ShareBackup[],
  records: ReadonlyMap<string, GroupRecord>,
): PartsDesk {
  const trays = new Map<string, Tray>();
  for (const archive of archives) {
    const { organisation, environment, backupGroup: group } = archive;
    const fingerprint = fingerprintOf(archive);
    const record = records.get(fingerprint) ?? null;
    trays.set(fingerprint, { of: { organisation, environment, group, record }, group, parts: [] });
  }
  const isFull = (tray: Tray | undefined): boolean =>
    tray !== undefined && tray.parts.length >= tray.group.threshold;
  const trayOf = (archive: ShareBackup): Tray | undefined => trays.get(fingerprintOf(archive));

  const take = (text: string): { ok: boolean; sentence: string } => {
    const read = readPart(text);
    if (!read.ok) return read;
    const part = read.value;
    const name = `Part ${part.number} of ${part.size}`;
    const turnedAway = (sentence: string): { ok: false; sentence: string } => {
      part.share.erase();
      return { ok: false, sentence };
    };
    const tray = [...trays.values()].find(({ of }) => isPartOf(of, part));
    if (!tray)
      return turnedAway(
        `${name} belongs to none of the groups that keep these backups (${[...trays.values()].map(({ group }) => group.id).join(', ')}).`,
      );
    const checked = checkPart(tray.of, part);
    if (!checked.ok) return turnedAway(checked.sentence);
    if (tray.parts.some(({ number }) => number === part.number))
      return turnedAway(`${name} of group ${tray.group.id} is here already.`);
    tray.parts.push(part);
    return {
      ok: true,
      sentence: `${name} of group ${tray.group.id} taken${isFull(tray) ? '; the group is complete' : ''}.`,
    };
  };

  return {
    take,
    isOpen: (archive) => isFull(trayOf(archive)),
    partsFor: (archive) => trayOf(archive)?.parts ?? [],
    recordFor: (archive) => records.get(fingerprintOf(archive)) ?? null,
    missing: () => [...trays.values()].filter((tray) => !isFull(tray)).map(missingSentence),
    erase: () => {
      for (const { parts } of trays.values()) for (const { share } of parts) share.erase();
    },
  };
}
