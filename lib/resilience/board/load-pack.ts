import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { standingOf, type PackStanding } from './decision-words.ts';
import { peopleNames } from './list-packs.ts';
import { shownConditions } from './shown-conditions.ts';
import { readPack, type BoardPack, type Decision } from './pack.ts';

export type SignatureView = {
  person: string;
  name: string;
  decision: Decision;
  /** Null without conditions; `(erased)` where they were erased. */
  conditions: string | null;
  /** Digest that stays when the conditions are erased. */
  commitment: string | null;
  keyLabel: string;
  credentialId: string;
  signedAt: string;
  /** Who made the pack: the signature alone approves nothing. */
  isMaker: boolean;
};

export type PackFile = {
  id: string;
  number: string;
  pack: BoardPack;
  digest: string;
  /** Whether the text still has that digest, computed anew. */
  isWhole: boolean;
  by: string;
  madeBy: string;
  madeAt: string;
  standing: PackStanding;
  approvedAt: string | null;
  signatures: SignatureView[];
};

/** A pack as it was made, with who signed it. The caller has checked who asks. */
export async function loadPack(
  context: Pick<Context, 'db'>,
  given: string,
): Promise<Result<PackFile, 'pack-unknown'>> {
  const id = z.uuid().toLowerCase().safeParse(given);
  const row = id.success
    ? await context.db.boardPack.findUnique({
        where: { id: id.data },
        include: {
          approval: true,
          signatures: { orderBy: [{ signedAt: 'asc' }, { person: 'asc' }] },
        },
      })
    : null;
  if (!row) return refuse('pack-unknown', 'There is no such pack.');
  const { signatures, approval } = row;
  const names = await peopleNames(context, [row.madeBy, ...signatures.map(({ person }) => person)]);
  const keys = await context.db.credential.findMany({
    where: { id: { in: signatures.map(({ credentialId }) => credentialId) } },
    select: { id: true, label: true },
  });
  const conditions = await shownConditions(context.db, 'board_signature', signatures);
  const labels = new Map(keys.map((key) => [key.id, shownText(key.label)]));
  return ok({
    id: row.id,
    number: row.number,
    pack: readPack(row.text),
    digest: row.digest,
    isWhole: createHash('sha256').update(row.text).digest('hex') === row.digest,
    by: names.get(row.madeBy) ?? row.madeBy,
    madeBy: row.madeBy,
    madeAt: row.madeAt.toISOString(),
    standing: standingOf(approval !== null, signatures.length),
    approvedAt: approval?.approvedAt.toISOString() ?? null,
    signatures: signatures.map((one, index) => ({
      person: one.person,
      name: names.get(one.person) ?? one.person,
      decision: one.decision as Decision,
      conditions: conditions[index] ?? null,
      commitment: one.commitment,
      keyLabel: labels.get(one.credentialId) ?? '',
      credentialId: one.credentialId,
      signedAt: one.signedAt.toISOString(),
      isMaker: one.person === row.madeBy,
    })),
  });
}
