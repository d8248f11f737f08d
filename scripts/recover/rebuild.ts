/** The recovery itself: rebuilds the key, proves its address, and does with it only what was asked. */
import type { ShareBackup } from '#lib/mpc/backup/archive.ts';
import { extendedPrivateKey, extendedPublicKey } from '#lib/mpc/backup/below-scalar.ts';
import { joinParts } from '#lib/mpc/backup/join-parts.ts';
import { openArchive, type OpenedShare } from '#lib/mpc/backup/open-archive.ts';
import { rebuildKey, type RebuiltKey } from '#lib/mpc/backup/rebuild-key.ts';
import { Problem } from '../supervisor/problem.ts';
import type { Backups } from './backups.ts';
import type { Chosen } from './choose.ts';
import { collectParts } from './collect-parts.ts';
import type { Recovery } from './command.ts';
import { writeNewFile } from './files.ts';
import { openPartsDesk, type PartsDesk } from './parts-desk.ts';
import type { Screen } from './screen.ts';
import { prove } from './prove.ts';
import { findToSign, type ToSign } from './to-sign.ts';

/** Opens one share per party, from whichever copy opens; says of the others why not. */
async function openShares(
  { archives, threshold }: Chosen,
  desk: PartsDesk,
  screen: Screen,
): Promise<OpenedShare[]> {
  const opened = new Map<string, OpenedShare>();
  for (const archive of archives) {
    if (opened.size >= threshold || opened.has(archive.party) || !desk.isOpen(archive)) continue;
    const share = await openOne(archive, desk);
    if (share.ok) opened.set(archive.party, share.value);
    else screen.print(share.sentence);
  }
  return [...opened.values()];
}

async function openOne(archive: ShareBackup, desk: PartsDesk) {
  const { organisation, environment, backupGroup: group } = archive;
  const record = desk.recordFor(archive);
  const key = await joinParts({ organisation, environment, group, record }, desk.partsFor(archive));
  if (!key.ok) return key;
  const opened = await openArchive(archive, key.value);
  key.value.privateKey.erase();
  return opened;
}

/** The one place where the scalar leaves memory. */
function keyFile(key: RebuiltKey): string {
  const { suite, chain, address, publicKey, scalar } = key;
  const extended =
    suite === 'FROST-ED25519-SHA512-v1'
      ? {}
      : {
          extendedPublicKey: extendedPublicKey(publicKey, chain),
          extendedPrivateKey: extendedPrivateKey(key, chain),
        };
  return scalar.use((bytes) => {
    const text = Buffer.from(bytes).toString('hex');
    const type = 'countersign/recovered-key/v1';
    const file = { type, suite, chain, address, publicKey, scalar: text, ...extended };
    return `${JSON.stringify(file, null, 2)}\n`;
  });
}

/** What whoever has the file can do with it. */
const howToUse = ({ suite }: RebuiltKey): string =>
  suite === 'FROST-ED25519-SHA512-v1'
    ? "It is a scalar, not a seed, and wallets that ask for a seed can't import it."
    : 'Wallets that take an extended private key (BIP32) import it; the accounts of owners lie at the paths that docs/recovery.md names.';

async function sign(
  key: RebuiltKey,
  toSign: ToSign,
  { yes }: Recovery,
  screen: Screen,
): Promise<void> {
  const answer = yes ? 'sign' : await screen.ask('Sign this message? Type “sign”: ');
  if (answer?.trim().toLowerCase() !== 'sign') {
    screen.print('Nothing was signed.');
    return;
  }
  for (const line of toSign.sign(key)) screen.print(line);
}

async function handleKey(
  key: RebuiltKey,
  command: Recovery,
  toSign: ToSign | null,
  screen: Screen,
): Promise<void> {
  for (const line of prove(key)) screen.print(line);
  if (toSign !== null) await sign(key, toSign, command, screen);
  if (command.out === null) {
    screen.print('The key was erased again. Nothing of it was written.');
    return;
  }
  writeNewFile(command.out, keyFile(key));
  screen.print(
    `${command.out} holds the private scalar of ${key.address}. Whoever reads that file alone moves everything at the address: move the assets to a new key at once, then destroy the file and its medium. ${howToUse(key)}`,
  );
}

export async function rebuild(
  command: Recovery,
  { records }: Backups,
  chosen: Chosen,
  screen: Screen,
): Promise<void> {
  const { archives, coverage, threshold } = chosen;
  if (!coverage.canRebuild)
    throw new Problem(
      `Key ${coverage.key} is rebuilt from ${threshold} shares of one epoch, and the folder holds ${coverage.covered.length} of epoch ${coverage.epoch}. Get the backup of ${coverage.missing.join(' or ')}.`,
    );
  const [first] = archives;
  const toSign = command.sign === null || !first ? null : findToSign(command.sign, first, command);
  if (toSign !== null) screen.print(`To sign: ${toSign.description}`);

  const desk = openPartsDesk(archives, records);
  const openParties = (): number =>
    new Set(archives.filter((one) => desk.isOpen(one)).map(({ party }) => party)).size;
  let shares: OpenedShare[] = [];
  try {
    await collectParts({
      desk,
      folder: command.parts,
      screen,
      isEnough: () => openParties() >= threshold,
      purpose: `to rebuild key ${coverage.key}, which takes the shares of ${threshold} parties`,
    });
    shares = await openShares(chosen, desk, screen);
    const key = rebuildKey(shares);
    if (!key.ok) throw new Problem(key.sentence);
    try {
      await handleKey(key.value, command, toSign, screen);
    } finally {
      key.value.scalar.erase();
    }
  } finally {
    for (const { share } of shares) share.erase();
    desk.erase();
  }
}
