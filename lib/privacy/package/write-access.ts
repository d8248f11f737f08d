/** The files of an access package, each a piece at a time: no more of it is in memory than a page of records. */
import { decimalsOf } from '#lib/operations/policy-words.ts';
import { csvOf, type Cell } from '#lib/platform/csv.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { movementsOf } from '../collect/movements.ts';
import type { Subject } from '../collect/spans.ts';
import type { Reader } from '../collect/system.ts';
import { keptWords } from '../collect/system-retention.ts';
import { systemCodes, type SystemCode } from '../collect/systems.ts';
import type { PackageContent } from './load-content.ts';
import type { PackageHead } from './package-schema.ts';
import { pieceLength, recordPieces, type Counted } from './record-pieces.ts';
import { toldSystems } from './told-systems.ts';

/** Values and texts are told opened; what counts them or names them by commitments alone tells nothing more. */
const toldElsewhere: ReadonlySet<SystemCode> = new Set(['vault', 'texts']);
export const packageSystems: readonly SystemCode[] = systemCodes.filter(
  (code) => !toldElsewhere.has(code),
);

/**
 * The document for machines.
 * @param counts filled with how many records of each system were written.
 */
export async function* accessJson(
  db: Reader,
  head: PackageHead,
  { subject, roles, information, values, texts, leftOut }: PackageContent,
  counts: Counted,
): AsyncGenerator<string> {
  const start = {
    type: 'countersign/access-package/v3',
    ...head,
    roles,
    information,
    values,
    texts,
    leftOut,
  };
  yield `${JSON.stringify(start).slice(0, -1)},"systems":{`;
  for (const [place, code] of packageSystems.entries()) {
    const about = JSON.stringify({ ...toldSystems[code], kept: keptWords(code) }).slice(0, -1);
    yield `${place === 0 ? '' : ','}${JSON.stringify(code)}:${about},"records":[`;
    const of = { code, subject };
    yield* recordPieces(db, of, ({ ref, at, facts }) => ({ ref, at, facts }), counts);
    yield ']}';
  }
  yield '}}\n';
}

const heads = [
  'booked_utc',
  'account',
  'asset',
  'kind',
  'amount',
  'balance',
  'operation',
  'transaction',
  'bank_reference',
  'counterparty',
];

/** Every movement as a table that a spreadsheet opens. */
export async function* movementsCsv(db: Reader, subject: Subject): AsyncGenerator<string> {
  let piece = csvOf([heads]);
  for await (const { at, facts } of movementsOf(db, subject)) {
    const { account, asset, kind, amount, balance, operation, transaction } = facts;
    const named = [operation, transaction, facts.bankReference, facts.counterparty];
    const row: Cell[] = [
      at ?? '',
      account,
      asset,
      kind,
      figure(amount, asset),
      figure(balance, asset),
    ];
    piece += csvOf([[...row, ...named.map((one) => one ?? '')]]);
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** Exact, with every decimal that the asset has; smallest units where nothing says how many those are. */
const figure = (units: string, asset: string): Cell => ({
  figure: formatAmount(BigInt(units), decimalsOf(asset) ?? 0)
    .replaceAll(',', '')
    .replace('−', '-'),
});
