/** Checks a snapshot and proofs that fit it, as they lie in files. Pure. */
import { isPooled } from '#lib/chains/account-address.ts';
import { extendedPublicKey } from '#lib/mpc/backup/below-scalar.ts';
import {
  reservesPublication,
  type Reserve,
  type ReservesSnapshot,
  type VaultPublicKey,
} from '#lib/protocol/reserves.ts';
import { readStrictJson } from '#lib/protocol/strict-json.ts';
import { checkControls, controlRefusals } from '#lib/verify/verify-controls.ts';
import { proofRefusals, verifyProof } from '#lib/verify/verify-proof.ts';
import type { NamedFile } from '../supervisor/read-named.ts';
import { unitsText } from '../supervisor/units-text.ts';

/** A publication has a few hundred bytes per vault, a proof some kilobytes per asset. */
export const BYTES_MAX = 32 * 1024 * 1024;

export type Checked = { holds: boolean; lines: string[] };

type Read = { name: string; value: unknown; type: unknown };

function read({ name, bytes }: NamedFile): Read {
  const parsed = readStrictJson(bytes, BYTES_MAX);
  const value = parsed.ok ? parsed.value : null;
  const type =
    typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  return { name, value, type };
}

const wrong = (...lines: string[]): Checked => ({ holds: false, lines });

/** Where every owner has addresses of their own, the amount is the sum over all of them. */
function reserveLine({ vault, chain, address, asset, amount }: Reserve, isSigned: boolean): string {
  const where = isPooled(chain)
    ? `at ${address} (${vault})`
    : `at addresses derived from the key of ${address} (${vault})`;
  return `       ${isSigned ? 'signed' : 'NOT SIGNED'}: ${unitsText(amount, asset)} ${where}`;
}

function keyLine({ vault, publicKey }: VaultPublicKey, { reserves }: ReservesSnapshot): string {
  const chain = reserves.find((reserve) => reserve.vault === vault)?.chain ?? '';
  return `       all addresses of ${vault} follow from ${extendedPublicKey(publicKey, chain)} (BIP32)`;
}

/** @param files one file of a snapshot, and any number of clients' proofs. */
export function checkFiles(files: readonly NamedFile[]): Checked {
  const documents = files.map(read);
  const isSnapshot = ({ type }: Read): boolean => type === 'countersign/reserves-publication/v1';
  const isProof = ({ type }: Read): boolean => type === 'countersign/liability-proof/v1';
  const other = documents.find((document) => !isSnapshot(document) && !isProof(document));
  if (other)
    return wrong(`WRONG  ${other.name}: this is neither a snapshot’s public file nor a proof.`);
  const [publication, second] = documents.filter(isSnapshot);
  if (!publication || second)
    return wrong('WRONG  Name exactly one file of a snapshot; proofs fit one snapshot only.');
  const parsed = reservesPublication.safeParse(publication.value);
  if (!parsed.success)
    return wrong(`WRONG  ${publication.name}: ${controlRefusals['publication-malformed']}`);
  const { snapshot } = parsed.data;
  const controls = checkControls(parsed.data);
  const lines = controls.ok
    ? [
        `holds  ${publication.name}: snapshot ${controls.digest}, books closed at ${snapshot.close.closedAt}.`,
        ...snapshot.liabilities.map(
          ({ asset, total }) => `       owed to clients: ${unitsText(total, asset)}`,
        ),
        ...snapshot.unclaimed.map(
          ({ asset, amount }) => `       owed, to whom is not known: ${unitsText(amount, asset)}`,
        ),
        ...snapshot.reserves.map((reserve) =>
          reserveLine(reserve, controls.proved.includes(reserve.vault)),
        ),
        ...(parsed.data.keys ?? []).map((key) => keyLine(key, snapshot)),
        ...snapshot.elsewhere.map(
          ({ asset, amount }) =>
            `       by the books alone, at banks and on its way: ${unitsText(amount, asset)}`,
        ),
      ]
    : [
        `WRONG  ${publication.name}${controls.vault === null ? '' : `, vault ${controls.vault}`}: ${controlRefusals[controls.refusal]}`,
      ];
  const proofs = documents.filter(isProof).map(({ name, value }) => {
    const answer = verifyProof({ snapshot, proof: value });
    return answer.ok
      ? {
          ok: true,
          line: `holds  ${name}: ${answer.client} is counted with ${answer.balances.map(({ asset, amount }) => unitsText(amount, asset)).join(' and ')}.`,
        }
      : { ok: false, line: `WRONG  ${name}: ${proofRefusals[answer.refusal]}` };
  });
  return {
    holds: controls.ok && proofs.every(({ ok }) => ok),
    lines: [...lines, ...proofs.map(({ line }) => line)],
  };
}
