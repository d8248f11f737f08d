/** A break closed in two people’s names as a web server in hostile hands writes it, past every use case. */
import { randomBytes } from 'node:crypto';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import type { SoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import type { Signer } from './press-closing.ts';

type Target = {
  id: string;
  number: string;
  revision: number;
  content: string;
  asset: string;
  amount: { toFixed(places: number): string };
};

export type ClosingForgery = {
  /** What signs for each; null for a text that nothing signed, under the name of the person’s own key. */
  keys: readonly [SoftwareAuthenticator | null, SoftwareAuthenticator | null];
  /** Only what the database compares is in the texts. */
  isBare?: boolean;
  /** A correction whose statements stand for both steps. */
  correction?: { correction: string; journal: bigint };
  /** When both are said to have signed; now without it. */
  at?: Date;
};

/** Proposed by one and accepted by the other in one transaction with the rights of the web server. @throws what the database refuses. */
export async function forgeClosing(
  people: readonly [Signer, Signer],
  target: Target,
  { keys, isBare = false, correction, at = new Date() }: ClosingForgery,
  { db, settings }: Pick<Context, 'db' | 'settings'>,
): Promise<void> {
  const { id, number, content, asset } = target;
  const how = correction ? ('correction' as const) : ('explanation' as const);
  const facts = correction
    ? { how, journal: correction.journal.toString(), correction: correction.correction }
    : { how };
  const [one, other] = people.map(({ actor }) => actor.personId) as [string, string];
  const sign = (place: 0 | 1) => {
    const key = keys[place];
    const whole = {
      type: 'countersign/break-statement/v1' as const,
      organisation: settings.organisation,
      environment: settings.mode,
      break: id,
      number,
      content,
      asset,
      amount: target.amount.toFixed(0),
      decision: place === 0 ? 'propose' : 'accept',
      how,
      journal: null,
      noteCommitment: 'ab'.repeat(32),
      revision: target.revision + place,
      person: people[place].actor.personId,
      nonce: randomBytes(32).toString('base64url'),
      issuedAt: at.toISOString(),
    };
    const { person, decision, revision } = whole;
    const bare = { break: id, person, decision, revision, content, how };
    const { origin } = settings;
    return {
      document: canonicalize(isBare ? bare : whole),
      assertion: asJson(key?.assert({ challenge: challengeOf(whole), origin }) ?? {}),
      credentialId: (key ?? people[place].key).credentialId,
    };
  };
  await inTransaction(db, async (tx) => {
    for (const place of [0, 1] as const) {
      const revision = target.revision + place + 1;
      await tx.breakRecord.update({
        where: { id },
        data:
          place === 0
            ? {
                state: 'proposed',
                proposedBy: one,
                proposedHow: how,
                proposedJournal: correction?.journal ?? null,
                revision,
              }
            : { state: 'closed', closedBy: how, closedAt: at, acceptedBy: other, revision },
      });
      const event = await tx.breakEvent.create({
        data: {
          breakId: id,
          revision,
          what: place === 0 ? 'proposed' : 'accepted',
          actor: place === 0 ? one : other,
          at,
          facts,
        },
        select: { id: true },
      });
      if (correction) continue;
      await tx.breakStatement.create({
        data: { eventId: event.id, ...sign(place) },
        select: { eventId: true },
      });
    }
  });
}
