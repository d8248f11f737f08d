import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { resilienceTopic } from '../records/write-record.ts';
import { collectPack } from './collect-pack.ts';
import { boardPack, packDigest, packText } from './pack.ts';
import { quartersOffered } from './quarter.ts';

/** A pack may have to be made again; nobody reads so many of one quarter. */
export const packsPerQuarterMax = 20;

const form = z.strictObject({ quarter: z.string('Choose a quarter.').max(7, 'Choose a quarter.') });

/** Draws the pack of a quarter and keeps it as it is now. */
export async function makePack(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ id: string; number: string }>> {
  const refused = lacksScope(actor, 'resilience:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { quarter } = read.form;
  if (!quartersOffered(context.clock()).includes(quarter))
    return refuse(
      'quarter-invalid',
      'A pack is made for the quarter that runs or one of the four before it.',
    );
  const pack = boardPack.parse(await collectPack(quarter, context));
  const by = actor.personId;
  const at = context.clock();
  return inTransaction(context.db, async (tx) => {
    await lockNamed(tx, `board packs ${quarter}`);
    if ((await tx.boardPack.count({ where: { quarter } })) >= packsPerQuarterMax)
      return refuse(
        'too-many-packs',
        `There are ${packsPerQuarterMax} packs of this quarter. Sign one of them.`,
      );
    const id = randomUUID();
    const digest = packDigest(pack);
    const [row] = await tx.$queryRaw<{ number: string }[]>`
      insert into board_pack (id, quarter, text, digest, made_by, made_at)
        values (${id}::uuid, ${quarter}, ${packText(pack)}, ${digest}, ${by}, ${at}) returning number`;
    if (!row) throw new Error('The database gave no number.');
    await appendAudit(tx, {
      kind: 'board-pack-made',
      subject: id,
      actor: by,
      at,
      facts: { number: row.number, quarter, digest },
    });
    await publish(tx, { topic: resilienceTopic, id });
    return ok({ id, number: row.number });
  });
}
