/** Agreements out of the register, as the rules read them. */
import { z } from 'zod';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { lastStep, textOf, type Case } from '../register/cases.ts';
import { casesMax, loadCases } from '../register/load-cases.ts';
import type { Agreement } from './agreement.ts';

export const agreementFacts = z.strictObject({
  version: z.int().min(1),
  contents: z.array(z.string()),
  signedOn: z.string(),
  inForceFrom: z.string(),
  policyVersion: z.int().min(1),
  rights: z.enum(['client', 'custodian']),
});

export type RecordedAgreement = Agreement & {
  contents: readonly string[];
  parties: string | null;
  document: string | null;
  registeredAt: string;
  registeredBy: string;
};

function agreementOf(found: Case): RecordedAgreement {
  if (found.client === null) throw new Error(`${found.number} names no client.`);
  return {
    ...agreementFacts.parse(found.facts),
    id: found.id,
    number: found.number,
    client: found.client,
    endedAt: lastStep(found, 'ended')?.at ?? null,
    parties: textOf(found, 'parties'),
    document: textOf(found, 'document'),
    registeredAt: found.openedAt,
    registeredBy: found.openedBy,
  };
}

/**
 * Every agreement of these clients, newest first: one that is left out would be a finding that is none.
 * @param clients a page of them.
 */
export async function loadAgreements(
  db: Database | Tx,
  clients: readonly string[],
): Promise<RecordedAgreement[]> {
  const found: RecordedAgreement[] = [];
  let before: { openedAt: Date; id: string } | undefined;
  do {
    const page = await loadCases(db, {
      register: 'agreement',
      clients,
      limit: casesMax,
      ...(before && { before }),
    });
    found.push(...page.map(agreementOf));
    const last = page.length < casesMax ? undefined : page.at(-1);
    before = last && { openedAt: new Date(last.openedAt), id: last.id };
  } while (before);
  return found;
}
