/**
 * One digest over all shares of a case: what the second person signs stands for each of them. Made by
 * the database, so that no share comes into the memory of this process.
 */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

const read = (rows: { digest: string | null }[]): string => {
  const digest = rows[0]?.digest;
  if (!digest) throw new Error('A case without shares has no digest of them.');
  return digest;
};

/** SHA-256 over lines "account position amount whose", by account in the order of code units; lower-case hex. */
export const entitlementsDigest = async (db: Database | Tx, caseId: string): Promise<string> =>
  read(
    await db.$queryRaw`
      select encode(sha256(convert_to(string_agg(
          concat_ws(' ', account_id, position, amount, goes_to) || chr(10), '' order by account_id collate "C"),
          'UTF8')), 'hex') as digest
        from rights_entitlement where case_id = ${caseId}::uuid`,
  );

/** SHA-256 over lines "account position units cents", by account in the order of code units; lower-case hex. */
export const lossSharesDigest = async (db: Database | Tx, caseId: string): Promise<string> =>
  read(
    await db.$queryRaw`
      select encode(sha256(convert_to(string_agg(
          concat_ws(' ', account_id, position, units, value_cents) || chr(10), '' order by account_id collate "C"),
          'UTF8')), 'hex') as digest
        from loss_share where case_id = ${caseId}::uuid`,
  );
