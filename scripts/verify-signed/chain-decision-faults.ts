/** Whether two people signed what was decided about a chain that stood still, one after the other, about just that. */
import { isDeepStrictEqual } from 'node:util';
import { findChain } from '#lib/chains/registry.ts';
import { isSaidInTime } from '#lib/operations/chain-decision-rules.ts';
import {
  areSaid,
  chainDecisionStatement,
  type ChainDecisionStatement,
} from '#lib/operations/chain-decision-statement.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { graceMs } from '#lib/reconciliation/proof/find-signer.ts';
import { readPress, type KeptPress } from './find-press-fault.ts';
import type { Fault, KeptFault } from './kept.ts';
import type { CountingAt } from './report-faults.ts';

export const withWords = {
  id: true,
  holdId: true,
  kind: true,
  foundAt: true,
  places: true,
  firstBy: true,
  firstAt: true,
  firstDocument: true,
  firstAssertion: true,
  firstCredential: true,
  secondBy: true,
  secondAt: true,
  secondDocument: true,
  secondAssertion: true,
  secondCredential: true,
  provedAt: true,
  hold: { select: { chain: true, incident: true } },
} satisfies Prisma.ChainDecisionSelect;
export type ChainDecisionRow = Prisma.ChainDecisionGetPayload<{ select: typeof withWords }>;

/** All but words from before keys signed them, which count for nothing. */
export const isSaidWithKeys = {
  OR: [{ firstDocument: { not: null } }, { provedAt: { not: null } }],
} satisfies Prisma.ChainDecisionWhereInput;

type Word = KeptPress & { step: ChainDecisionStatement['step'] };

/** @returns every fault of one decision, in the order of its words. */
export async function findChainDecisionFaults(
  row: ChainDecisionRow,
  countingAt: CountingAt,
): Promise<Fault[]> {
  const { chain, incident } = row.hold;
  const subject = `${row.kind} of ${findChain(chain)?.name ?? 'a chain'} in ${incident}`;
  const faults: Fault[] = [];
  const add = (what: string, fault: KeptFault | null) => {
    if (fault) faults.push({ subject, what, fault });
  };
  const [first, second] = wordsOf(row);
  add(`asked by ${first.person}`, await findFault(row, first, countingAt));
  if (second) {
    const what = `agreed by ${second.person}`;
    add(what, await findFault(row, second, countingAt));
    const isOne = second.person === first.person || second.credentialId === first.credentialId;
    add(what, isOne ? 'one-person' : null);
    if (faults.length > 0) return faults;
    // Until it was proved nothing came of it, so a key that was ended by then lets nothing go on. What counts is asked
    // about the moment a grace before, which is for presses; no press is made when the worker looks.
    const until = Math.max(second.writtenAt, (row.provedAt?.getTime() ?? 0) + graceMs);
    add(`asked by ${first.person}`, await findStillFault(first, until, countingAt));
    add(what, await findStillFault(second, until, countingAt));
  } else if (row.provedAt) add('its agreement', 'approval-unproved');
  return faults;
}

function wordsOf(row: ChainDecisionRow): [Word, Word | null] {
  const first: Word = {
    step: 'ask',
    statement: row.firstDocument,
    assertion: row.firstAssertion,
    credentialId: row.firstCredential,
    person: row.firstBy,
    writtenAt: row.firstAt.getTime(),
  };
  if (row.secondBy === null || row.secondAt === null) return [first, null];
  const second: Word = {
    step: 'agree',
    statement: row.secondDocument,
    assertion: row.secondAssertion,
    credentialId: row.secondCredential,
    person: row.secondBy,
    writtenAt: row.secondAt.getTime(),
  };
  return [first, second];
}

async function readWord(word: KeptPress, countingAt: CountingAt) {
  const counting = await countingAt(word.writtenAt, word.person);
  return readPress(word, { schema: chainDecisionStatement, scope: 'operation:decide', counting });
}

/** Whether its key still counted, and its person might still decide. */
async function findStillFault(
  word: KeptPress,
  until: number,
  countingAt: CountingAt,
): Promise<KeptFault | null> {
  const read = await readWord({ ...word, writtenAt: until }, countingAt);
  return 'fault' in read ? read.fault : null;
}

async function findFault(
  row: ChainDecisionRow,
  word: Word,
  countingAt: CountingAt,
): Promise<KeptFault | null> {
  const read = await readWord(word, countingAt);
  if ('fault' in read) return read.fault;
  const { said } = read;
  if (!isAbout(said, row, word)) return 'says-another';
  return isSaidInTime(said, word.writtenAt) ? null : 'other-time';
}

const isAbout = (
  { chain, kind, hold, incident, foundAt, places, decision, step, person }: ChainDecisionStatement,
  row: ChainDecisionRow,
  word: Word,
): boolean =>
  isDeepStrictEqual(
    { chain, kind, hold, incident, foundAt, decision, step, person },
    {
      chain: row.hold.chain,
      kind: row.kind,
      hold: row.holdId,
      incident: row.hold.incident,
      foundAt: row.foundAt?.toISOString() ?? null,
      decision: row.id,
      step: word.step,
      person: word.person,
    },
  ) && areSaid(places, row.places);
