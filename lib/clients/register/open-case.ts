import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { numberPrefix, type Register } from './registers.ts';
import type { Texts } from './texts.ts';
import { writeTexts } from './write-texts.ts';

/** Pseudonymous ids, dates, codes and figures; no names, no free text. */
export type Facts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type Opening = {
  register: Register;
  client: string | null;
  facts: Facts;
  texts: Texts;
  by: string;
  at: Date;
};

export type OpenedCase = { id: string; number: string };

/** Topic of notices about all client registers. */
export const clientsTopic = 'clients';

/** Opens a case in the caller's transaction, with its audit entry. */
export async function openCase(tx: Tx, opening: Opening): Promise<OpenedCase> {
  const { register, client, facts, texts, by, at } = opening;
  const prefix = numberPrefix[register];
  const [row] = await tx.$queryRaw<{ number: string }[]>`
    select numbered(${prefix}, ${`register_number_${prefix.toLowerCase()}`}) as number`;
  if (!row) throw new Error('The database gave no number.');
  const id = randomUUID();
  const { number } = row;
  await tx.registerCase.create({
    data: { id, register, number, clientId: client, openedBy: by, openedAt: at, facts },
    select: { id: true },
  });
  await writeTexts(tx, { caseId: id, seq: 0, texts, by, at });
  await appendAudit(tx, {
    kind: 'register-opened',
    subject: number,
    actor: by,
    at,
    facts: { register, client },
  });
  await publish(tx, { topic: clientsTopic, id });
  return { id, number };
}
