import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { askKeyPress, type KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import { consumeChallenge, newNonce } from '#lib/identity/challenges.ts';
import { checkKeyPress } from '#lib/identity/check-key-press.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { genesisDocument, genesisStatement, type GenesisStatement } from '#lib/protocol/genesis.ts';
import { base64url } from '#lib/protocol/scalars.ts';
import { areAllThere } from './founders.ts';
import { latestGenesis } from './latest-genesis.ts';

/** Gives a founder the genesis statement to sign, for the fingerprint they have compared. */
export async function prepareGenesisSignature(
  actor: Actor,
  input: { digest: string },
  context: Context,
): Promise<Result<KeyPressRequest>> {
  const row = await latestGenesis(context.db);
  if (row?.state !== 'collecting')
    return refuse('genesis-not-open', 'There is no genesis document waiting for signatures.');
  if (row.digest !== input.digest)
    return refuse(
      'genesis-changed',
      'The genesis document was drawn up anew. Compare its fingerprint again.',
    );
  const { roster } = genesisDocument.parse(JSON.parse(row.document));
  const founder = roster.people.find((person) => person.id === actor.personId);
  if (!founder) return refuse('not-a-founder', 'You are not among the founders in this document.');
  const now = context.clock();
  const statement: GenesisStatement = {
    type: 'countersign/genesis-statement/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    genesisDigest: row.digest,
    person: actor.personId,
    nonce: newNonce(),
    issuedAt: now.toISOString(),
  };
  return askKeyPress(
    actor,
    { purpose: 'genesis', statement, keys: founder.credentials.map(({ id }) => ({ id })) },
    context,
  );
}

const submission = z.strictObject({ nonce: base64url.length(43), assertion: z.unknown() });

/** Records a founder's signature; with the last one the document is ready for the parties. */
export async function submitGenesisSignature(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ signed: number; founders: number }>> {
  const form = submission.safeParse(input);
  if (!form.success)
    return refuse('form-invalid', 'The browser sent an incomplete answer. Start again.');
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const challenge = await consumeChallenge(
      tx,
      {
        nonce: form.data.nonce,
        purpose: 'genesis',
        operatorId: actor.personId,
        sessionId: actor.sessionId,
      },
      now,
    );
    if (!challenge.ok) return challenge;
    const press = await checkKeyPress(
      tx,
      form.data.assertion,
      { challenge: challenge.value.challenge, operatorId: actor.personId },
      context,
    );
    if (!press.ok) return press;
    const statement = genesisStatement.parse(JSON.parse(challenge.value.document));
    // One signature at a time: of two that come together, the later must see that it is the last.
    await tx.$queryRaw`select 1 from genesis where digest = ${statement.genesisDigest} for update`;
    const row = await latestGenesis(tx);
    if (row?.digest !== statement.genesisDigest || row.state !== 'collecting')
      return refuse(
        'genesis-changed',
        'The genesis document was drawn up anew. Compare its fingerprint again.',
      );
    const { roster } = genesisDocument.parse(JSON.parse(row.document));
    if (!(await areAllThere(tx, roster.people)))
      return refuse(
        'genesis-changed',
        'A founder in this document was taken out. Have it drawn up again, and compare it anew.',
      );
    const founder = roster.people.find((person) => person.id === actor.personId);
    if (!founder?.credentials.some(({ id }) => id === press.value.assertion.id))
      return refuse(
        'unknown-credential',
        'This key is not in the genesis document. Sign with one that is.',
      );
    const { count } = await tx.genesisStatement.createMany({
      data: [
        {
          digest: row.digest,
          personId: actor.personId,
          document: challenge.value.document,
          assertion: asJson(press.value.assertion),
          recordedAt: now,
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0)
      return refuse('already-signed', 'You have signed this document already. Once is enough.');
    const signed = await tx.genesisStatement.count({ where: { digest: row.digest } });
    if (signed === roster.people.length)
      await tx.genesis.update({ where: { digest: row.digest }, data: { state: 'signed' } });
    await appendAudit(tx, {
      kind: 'genesis-signed',
      subject: 'genesis',
      actor: actor.personId,
      at: now,
      facts: { digest: row.digest, credential: press.value.assertion.id },
    });
    await publish(tx, { topic: 'genesis', id: row.digest });
    return ok({ signed, founders: roster.people.length });
  });
}
