/** `--drill`: opens one share against its public part and prints the record. */
import type { ShareBackup } from '#lib/mpc/backup/archive.ts';
import { verifyDrill } from '#lib/mpc/backup/drill.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { Problem } from '../supervisor/problem.ts';
import type { Backups } from './backups.ts';
import { chooseShare, type Chosen } from './choose.ts';
import { collectParts } from './collect-parts.ts';
import type { Recovery } from './command.ts';
import { writeNewFile } from './files.ts';
import { openPartsDesk } from './parts-desk.ts';
import type { Screen } from './screen.ts';

export async function drill(
  command: Recovery,
  { records }: Backups,
  chosen: Chosen,
  screen: Screen,
): Promise<void> {
  const copies: ShareBackup[] = chooseShare(chosen, command.party);
  const desk = openPartsDesk(copies, records);
  const opens = (): ShareBackup | undefined => copies.find((copy) => desk.isOpen(copy));
  try {
    await collectParts({
      desk,
      folder: command.parts,
      screen,
      isEnough: () => opens() !== undefined,
      purpose: 'to open the share',
    });
    const archive = opens();
    if (!archive) throw new Error('Enough parts open a share.');
    const done = await verifyDrill({
      archive,
      parts: desk.partsFor(archive),
      record: desk.recordFor(archive),
      at: new Date(),
    });
    if (!done.ok) throw new Problem(done.sentence);
    const record = done.value;
    screen.print(
      `The share of party ${record.party} opens, and matches its public part. It was erased again; nothing was rebuilt.`,
    );
    screen.print(canonicalize(record));
    if (command.out === null) return;
    writeNewFile(command.out, `${canonicalize(record)}\n`);
    screen.print(`The record is in ${command.out}.`);
  } finally {
    desk.erase();
  }
}
