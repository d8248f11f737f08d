/**
 * The same unsigned bytes with one field changed, for each field that they have. Fields are cut out with the
 * plain grammar of the chain (PSBT records, RLP, the message format), never by the decoder under test.
 */
import {
  planOf,
  record,
  writePsbt,
  type PsbtPlan,
} from '#lib/chains/bitcoin/testing/psbt-writer.ts';
import type { AccountKind } from '#lib/chains/bitcoin/script.ts';
import type { Hex } from 'viem';
import { bytesToHex, fromRlp, hexToBytes, toRlp } from 'viem/utils';

export type ChangedField = { field: string; bytes: Uint8Array };

/** What one change is made with: where in a field, and which bits of that byte. */
export type Change = { where: number; flip: number };

/** @param flip 1 to 255. */
function flipped(bytes: Uint8Array, { where, flip }: Change): Uint8Array {
  const changed = Uint8Array.from(bytes);
  if (changed.length === 0) return Uint8Array.of(flip);
  const at = where % changed.length;
  changed[at] = (changed[at] ?? 0) ^ flip;
  return changed;
}

/** Consecutive fields of a flat layout: name and length in bytes. */
function inLayout(
  unsigned: Uint8Array,
  layout: readonly (readonly [string, number])[],
  change: Change,
): ChangedField[] {
  let start = 0;
  const fields = layout.map(([field, length]) => {
    const bytes = Uint8Array.from(unsigned);
    bytes.set(flipped(unsigned.slice(start, start + length), change), start);
    start += length;
    return { field, bytes };
  });
  if (start !== unsigned.length)
    throw new Error(`The layout has ${start} bytes, the message ${unsigned.length}.`);
  return fields;
}

const accountNames = ['fee payer', 'vault', 'nonce account', 'recipient', 'sysvar', 'program'];

/** A legacy message that advances a nonce, transfers, and may say a memo. */
export function solanaFields(
  unsigned: Uint8Array,
  memo: string | null,
  change: Change,
): ChangedField[] {
  const accounts = [...accountNames, ...(memo === null ? [] : ['memo program'])];
  const instruction = (name: string, indexes: number, data: readonly [string, number][]) => [
    [`${name}: program`, 1] as const,
    [`${name}: number of accounts`, 1] as const,
    ...(indexes > 0 ? [[`${name}: accounts`, indexes] as const] : []),
    [`${name}: length`, 1] as const,
    ...data,
  ];
  return inLayout(
    unsigned,
    [
      ['header: signers', 1],
      ['header: read-only signers', 1],
      ['header: read-only others', 1],
      ['number of accounts', 1],
      ...accounts.map((name) => [name, 32] as const),
      ['nonce value', 32],
      ['number of instructions', 1],
      ...instruction('advance', 3, [['advance: instruction', 4]]),
      ...instruction('transfer', 2, [
        ['transfer: instruction', 4],
        ['transfer: lamports', 8],
      ]),
      ...(memo === null ? [] : instruction('memo', 0, [['memo: text', memo.length]])),
    ],
    change,
  );
}

const ethereumNames = [
  'chain id',
  'nonce',
  'priority fee',
  'highest fee',
  'gas limit',
  'to',
  'value',
  'data',
  'access list',
];

/** EIP-1559: one byte for the type, then an RLP list of nine. */
export function ethereumFields(unsigned: Uint8Array, change: Change): ChangedField[] {
  const list = fromRlp(bytesToHex(unsigned.slice(1)));
  if (!Array.isArray(list) || list.length !== ethereumNames.length)
    throw new Error('The transfer is no list of nine fields.');
  const written = (fields: readonly (Hex | Hex[])[], type = 2): Uint8Array =>
    Uint8Array.of(type, ...hexToBytes(toRlp([...fields])));
  const fields = list as (Hex | Hex[])[];
  return [
    { field: 'type', bytes: written(fields, 2 ^ change.flip) },
    ...fields.map((old, place) => {
      // A list stays one; a whole number starts with no zero, or its field is not its only spelling.
      const fresh = Array.isArray(old)
        ? [bytesToHex(Uint8Array.of(change.flip))]
        : bytesToHex(flipped(hexToBytes(old), change));
      const changed = fields.map((field, other) => (other === place ? fresh : field));
      return { field: ethereumNames[place] ?? '', bytes: written(changed) };
    }),
  ];
}

/** A PSBT of one payment: the transaction in it field by field, and what it says of each coin. */
export function bitcoinFields(
  unsigned: Uint8Array,
  kind: AccountKind,
  change: Change,
): ChangedField[] {
  const { where, flip } = change;
  const plan = planOf(unsigned, kind);
  const changed = (field: string, fresh: Partial<PsbtPlan>): ChangedField => ({
    field,
    bytes: writePsbt({ ...plan, ...fresh }),
  });
  const withInput = (
    at: number,
    fresh: Partial<PsbtPlan['inputs'][number]>,
  ): Partial<PsbtPlan> => ({
    inputs: plan.inputs.map((input, place) => (place === at ? { ...input, ...fresh } : input)),
  });
  const withOutput = (
    at: number,
    fresh: Partial<PsbtPlan['outputs'][number]>,
  ): Partial<PsbtPlan> => ({
    outputs: plan.outputs.map((output, place) => (place === at ? { ...output, ...fresh } : output)),
  });
  /** One bit of a number of so many bits. */
  const bitOf = (bits: number): number => 2 ** (where % bits);
  const outpoint = (at: number): string => (at === 0 ? 'first outpoint' : 'further outpoint');
  return [
    changed('magic', { magic: flipped(plan.magic, change) }),
    changed('version', { version: (plan.version ^ bitOf(31)) >>> 0 }),
    changed('lock time', { lockTime: (plan.lockTime ^ bitOf(31)) >>> 0 }),
    changed('first map: another record', { globals: [record(flip, Uint8Array.of(where & 0xff))] }),
    ...plan.inputs.flatMap(({ txid, vout, sequence }, at) => [
      changed(
        `${outpoint(at)}: transaction`,
        withInput(at, {
          txid: Buffer.from(flipped(Buffer.from(txid, 'hex'), change)).toString('hex'),
        }),
      ),
      changed(`${outpoint(at)}: output`, withInput(at, { vout: (vout ^ bitOf(31)) >>> 0 })),
      changed('input: sequence', withInput(at, { sequence: (sequence ^ bitOf(31)) >>> 0 })),
      changed('input: script', withInput(at, { script: Uint8Array.of(flip) })),
      changed('input: what it spends', {
        inputRecords: plan.inputRecords.map((records, place) =>
          place === at
            ? records.map(({ key, value }) => ({ key, value: flipped(value, change) }))
            : records,
        ),
      }),
      changed('input: another record', {
        inputRecords: plan.inputRecords.map((records, place) =>
          place === at ? [...records, record(flip, Uint8Array.of(1))] : records,
        ),
      }),
    ]),
    ...plan.outputs.flatMap(({ amount, script }, at) => {
      const name = at === 0 ? 'recipient' : 'change';
      const fresh = amount ^ (1n << BigInt(where % 50));
      return [
        changed(`${name}: amount`, withOutput(at, { amount: fresh })),
        changed(`${name}: script`, withOutput(at, { script: flipped(script, change) })),
        changed('output: a record', {
          outputRecords: plan.outputRecords.map((records, place) =>
            place === at ? [record(flip, Uint8Array.of(1))] : records,
          ),
        }),
      ];
    }),
  ];
}
