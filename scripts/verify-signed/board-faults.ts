/** Whether packs of the board and the evidence of its duties were signed by whom they say. */
import { isDeepStrictEqual } from 'node:util';
import type { BoardEvidence, Prisma } from '#lib/platform/db/generated/client.ts';
import { evidenceStatement, packStatement } from '#lib/resilience/board/board-statement.ts';
import { readPress } from './find-press-fault.ts';
import { openKept, sha256, type Fault, type KeptFault } from './kept.ts';
import type { CountingAt } from './report-faults.ts';

export const withSignatures = {
  approval: true,
  signatures: { orderBy: [{ signedAt: 'asc' }, { person: 'asc' }] },
} satisfies Prisma.BoardPackInclude;
export type PackRow = Prisma.BoardPackGetPayload<{ include: typeof withSignatures }>;

/** @returns every fault of one pack. */
export async function findPackFaults(pack: PackRow, countingAt: CountingAt): Promise<Fault[]> {
  const faults: Fault[] = [];
  const add = (what: string, fault: KeptFault) =>
    faults.push({ subject: pack.number, what, fault });
  if (sha256(pack.text) !== pack.digest) add('kept copy', 'copy-differs');
  const approvers: string[] = [];
  for (const row of pack.signatures) {
    const fault = await findSignatureFault(pack, row, countingAt);
    if (fault) add(`${row.decision} by ${row.person}`, fault);
    else if (row.decision !== 'noted' && row.person !== pack.madeBy) approvers.push(row.person);
  }
  const { approval } = pack;
  if (approval !== null && !approvers.includes(approval.person))
    add(`approval by ${approval.person}`, 'approval-unproved');
  if (approval === null && approvers.length > 0) add('approval', 'approval-missing');
  return faults;
}

async function findSignatureFault(
  pack: PackRow,
  row: PackRow['signatures'][number],
  countingAt: CountingAt,
): Promise<KeptFault | null> {
  const writtenAt = row.signedAt.getTime();
  const counting = await countingAt(writtenAt, row.person);
  const read = readPress(
    { ...row, writtenAt },
    { schema: packStatement, scope: 'board:sign', counting },
  );
  if ('fault' in read) return read.fault;
  const { said } = read;
  const isAbout =
    said.pack === pack.id &&
    said.number === pack.number &&
    said.quarter === pack.quarter &&
    said.digest === pack.digest &&
    said.person === row.person &&
    said.decision === row.decision &&
    said.conditions === row.commitment;
  if (!isAbout) return 'says-another';
  return findWordsFault('board_signature', row);
}

/** @returns what is wrong with the evidence of a duty; none when it holds. */
export async function findEvidenceFaults(
  row: BoardEvidence,
  countingAt: CountingAt,
): Promise<Fault[]> {
  const fault = await findEvidenceFault(row, countingAt);
  return fault === null
    ? []
    : [{ subject: row.id, what: `evidence of ${row.duty} by ${row.signedBy}`, fault }];
}

async function findEvidenceFault(
  row: BoardEvidence,
  countingAt: CountingAt,
): Promise<KeptFault | null> {
  const [person, writtenAt] = [row.signedBy, row.signedAt.getTime()];
  const counting = await countingAt(writtenAt, person);
  const read = readPress(
    { ...row, person, writtenAt },
    { schema: evidenceStatement, scope: 'board:sign', counting },
  );
  if ('fault' in read) return read.fault;
  const { said } = read;
  const isAbout =
    said.evidence === row.id &&
    said.duty === row.duty &&
    said.title === row.title &&
    said.version === row.version &&
    said.sha256 === row.sha256 &&
    said.decidedOn === row.decidedOn.toISOString().slice(0, 10) &&
    said.decision === row.decision &&
    said.author === row.author &&
    said.person === person &&
    said.conditions === row.commitment &&
    isDeepStrictEqual(said.members, row.members);
  if (!isAbout) return 'says-another';
  if (row.author === person || !row.members.includes(person)) return 'one-person';
  return findWordsFault('board_evidence', row);
}

/** Whether the conditions are what was signed; what was erased, or blacked out since, is nobody's to compare. */
async function findWordsFault(
  table: 'board_signature' | 'board_evidence',
  { commitment, redacted, sealed }: Pick<BoardEvidence, 'commitment' | 'redacted' | 'sealed'>,
): Promise<KeptFault | null> {
  if (commitment === null) return sealed === null ? null : 'words-differ';
  const kept = await openKept(table, { commitment, redacted, sealed });
  return kept === 'broken' ? 'words-differ' : null;
}
