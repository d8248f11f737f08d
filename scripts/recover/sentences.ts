/** What `npm run recover` prints about backups. Pure. */
import type { ShareBackup } from '#lib/mpc/backup/archive.ts';
import { groupWords } from '#lib/mpc/backup/group.ts';
import type { Chosen } from './choose.ts';

/** Rows with columns as wide as their longest cell. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, at) => Math.max(widest[at] ?? 0, cell.length)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const day = (instant: string): string => instant.slice(0, 10);

function archiveRow(archive: ShareBackup): string[] {
  const { party, madeAt, backupGroup } = archive;
  const { id, threshold, custodians } = backupGroup;
  return [
    party,
    day(madeAt),
    id,
    `${threshold} of ${custodians.length}`,
    groupWords(archive, backupGroup).join(' '),
  ];
}

/** The key and its backups, party by party. */
export function overview({ archives, coverage, threshold, address, newer }: Chosen): string {
  const [first] = archives;
  const total = coverage.covered.length + coverage.missing.length;
  const missing = coverage.missing.map((party) => [party, 'no backup', '', '', '']);
  return [
    `Key ${coverage.key}, epoch ${coverage.epoch}, vault ${first?.vault.id ?? ''} (${first?.vault.tier ?? ''}), ${first?.organisation ?? ''}, ${first?.environment ?? ''}`,
    `Address ${address}`,
    `Backups of ${coverage.covered.length} of ${total} shares; ${threshold} rebuild the key.`,
    ...(newer === null
      ? []
      : [
          `There are backups of epoch ${newer} too, but too few. Epoch ${coverage.epoch} gives the same key.`,
        ]),
    '',
    table([
      ['party', 'made', 'group', 'parts', 'fingerprint of the group'],
      ...archives.map(archiveRow),
      ...missing,
    ]),
    '',
  ].join('\n');
}
