/** `recover group`: makes a backup group, and sees to it that each custodian has written down a part. */
import { join } from 'node:path';
import { findBackupFault, backupFaultSentence } from '#lib/mpc/backup/group-rules.ts';
import { groupFingerprint, groupWords, type GroupRecord } from '#lib/mpc/backup/group.ts';
import { makeBackupGroup, type CustodianPart } from '#lib/mpc/backup/make-group.ts';
import { partCard, partFileName, recordFileName } from '#lib/mpc/backup/part-card.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { Problem } from '../supervisor/problem.ts';
import { askPart } from './ask-part.ts';
import { readBackups } from './backups.ts';
import type { GroupCeremony } from './command.ts';
import { requireNewFile, writeNewFile } from './files.ts';
import type { Screen } from './screen.ts';

const packed = (text: string): string => text.replace(/\s+/gu, '').toLowerCase();

/** Shows one part to one person, and has it typed back from what was written down. */
async function handOut(record: GroupRecord, part: CustodianPart, screen: Screen): Promise<void> {
  const size = record.group.custodians.length;
  await screen.ask(
    `Part ${part.number} of ${size} is for ${part.person}, who sits here alone now. Press Enter to see it.`,
  );
  for (;;) {
    screen.print(`\n${partCard(record, part)}\n`);
    await screen.ask('Write it down, and press Enter to take it off the screen.');
    screen.wipe();
    const typed = await askPart(screen, 'Type it back from your card (not shown): ');
    if (typed === null)
      throw new Problem('The ceremony was broken off. Destroy the cards, and make the group anew.');
    if (packed(typed) === part.text) return;
    screen.print('That is another text. Here is the part once more; correct the card.');
  }
}

/** The new group beside those whose records lie in the folder already. */
function requireSound(record: GroupRecord, others: readonly GroupRecord[]): void {
  const mine = ({ organisation, environment }: GroupRecord): boolean =>
    organisation === record.organisation && environment === record.environment;
  const groups = [...others.filter(mine), record].map(({ group }) => group);
  const parties = [...new Set(groups.map(({ party }) => party))];
  // Which parties share a key is not known here. Two shares rebuild the smallest key there is.
  const fault = findBackupFault(groups, [{ key: '(any of these parties)', threshold: 2, parties }]);
  if (fault) throw new Problem(backupFaultSentence(fault));
}

export async function makeGroup(command: GroupCeremony, screen: Screen): Promise<void> {
  const recordPath = join(command.backups, recordFileName(command.id));
  requireNewFile(recordPath);
  if (command.parts === null && !screen.isTerminal)
    throw new Problem('Parts are shown on a terminal, one custodian at a time. Run this at one.');
  const { organisation, environment, id, party, threshold, custodians } = command;
  const made = await makeBackupGroup({
    organisation,
    environment,
    id,
    party,
    threshold,
    custodians,
    madeAt: new Date(),
  });
  if (!made.ok) throw new Problem(made.sentence);
  const { record, parts } = made.value;
  requireSound(record, [...readBackups(command.backups).records.values()]);
  for (const part of parts) {
    if (command.parts === null) await handOut(record, part, screen);
    else
      writeNewFile(join(command.parts, partFileName(record, part)), `${partCard(record, part)}\n`);
  }
  writeNewFile(recordPath, `${canonicalize(record)}\n`);
  screen.print(
    [
      `Group ${id} is made: any ${threshold} of ${parts.length} parts open the share of party ${party}.`,
      `public key   ${record.group.publicKey}`,
      `fingerprint  ${groupFingerprint(record, record.group)}`,
      `in words     ${groupWords(record, record.group).join(' ')}`,
      `${recordPath} is public: keep it beside the backups, and give the public key to the roster.`,
      ...(command.parts === null
        ? []
        : [
            `The parts are in ${command.parts}, one file each. Hand each to its custodian alone, and destroy the folder.`,
          ]),
    ].join('\n'),
  );
}
