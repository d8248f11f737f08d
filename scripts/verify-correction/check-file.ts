/** Says whether a correction's evidence holds, as it lies in a file. Pure. */
import { assetOfAccount } from '#lib/protocol/correction.ts';
import { readStrictJson } from '#lib/protocol/strict-json.ts';
import { correctionFaults, verifyCorrection } from '#lib/verify/verify-correction.ts';
import type { NamedFile } from '../supervisor/read-named.ts';
import { unitsText } from '../supervisor/units-text.ts';

/** Two statements and at most twenty lines are far below. */
export const BYTES_MAX = 1024 * 1024;

export function checkFile({ name, bytes }: NamedFile): { holds: boolean; lines: string[] } {
  const parsed = readStrictJson(bytes, BYTES_MAX);
  const answer = verifyCorrection(parsed.ok ? parsed.value : null);
  if (!answer.ok)
    return { holds: false, lines: [`WRONG  ${name}: ${correctionFaults[answer.fault]}`] };
  const { document, raised, approved, journal } = answer;
  return {
    holds: true,
    lines: [
      `holds  ${name}: correction ${answer.number} of ${document.organisation} (${document.environment}), digest ${answer.digest}`,
      ...document.lines.map(
        ({ account, amount }) =>
          `       ${amount.startsWith('-') ? 'credit' : 'debit '} ${account}: ${unitsText(amount.replace('-', ''), assetOfAccount(account))}`,
      ),
      ...(document.corrects === null ? [] : [`       corrects journal ${document.corrects}`]),
      ...(document.break === null ? [] : [`       answers break ${document.break.number}`]),
      `       raised by ${raised.person} with key ${raised.key}, ${raised.at}`,
      approved
        ? `       approved by ${approved.person} with key ${approved.key}, ${approved.at}`
        : '       approved by nobody',
      journal === null ? '       posted as no journal' : `       posted as journal ${journal}`,
    ],
  };
}
