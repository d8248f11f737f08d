import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { writeIntroduction } from '#lib/mpc/client/cold-founding.ts';
import { coldRefusalSentence } from '#lib/mpc/client/cold-refusals.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { slug } from '#lib/protocol/scalars.ts';
import { coldPartiesMax, listColdParties } from './cold-parties.ts';
import { findFoundersClosed } from './founders.ts';

const form = z.strictObject({ name: slug });

/**
 * Writes the document that asks a cold party who it is, for people to carry there. Where one of this
 * name was asked and has not answered, the new document takes the place of that one.
 * @param online names of the parties with a network.
 */
export async function askColdParty(
  actor: Actor,
  input: unknown,
  online: readonly string[],
  context: Context,
): Promise<Result<{ name: string }>> {
  const refused = lacksScope(actor, 'roster:raise');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success)
    return refuse(
      'form-invalid',
      'A party’s name has small letters, digits and single hyphens, and begins with a letter, such as cold-a.',
    );
  const { name } = asked.data;
  if (online.includes(name))
    return refuse('name-taken', `Party ${name} has a network. Give the cold one another name.`);
  const now = context.clock();
  const { organisation, mode: environment } = context.settings;
  return inTransaction(context.db, async (tx) => {
    const closed = await findFoundersClosed(tx);
    if (closed) return closed;
    const others = await listColdParties(tx);
    const before = others.find((one) => one.name === name);
    if (before?.answeredAt)
      return refuse(
        'name-taken',
        `Party ${name} has said who it is already. Leave it out first, if that was another one.`,
      );
    if (!before && others.length >= coldPartiesMax)
      return refuse('too-many-parties', `A roster has room for ${coldPartiesMax} cold parties.`);
    if (before)
      await tx.genesisColdParty.update({
        where: { leg: before.leg },
        data: { removedBy: actor.personId, removedAt: now },
      });
    const written = writeIntroduction({ organisation, environment }, { to: name, now });
    if (!written.ok) return refuse(written.refusal, coldRefusalSentence(written.refusal));
    const { text, digest, fileName, expiresAt } = written.value;
    await tx.genesisColdParty.create({
      data: {
        leg: written.trip,
        name,
        document: text,
        digest,
        fileName,
        askedBy: actor.personId,
        askedAt: now,
        expiresAt: new Date(expiresAt),
      },
    });
    await appendAudit(tx, {
      kind: 'cold-party-asked',
      subject: name,
      actor: actor.personId,
      at: now,
      facts: { digest },
    });
    await publish(tx, { topic: 'genesis', id: name });
    return ok({ name });
  });
}
