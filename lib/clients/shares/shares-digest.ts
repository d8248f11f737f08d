/** One digest over all shares of a case, read in parts: what the second person signs stands for each of them. */
import { createHash } from 'node:crypto';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

const partSize = 1_000;

type Part = (after: string) => Promise<{ account: string; line: string }[]>;

async function digestOfParts(part: Part): Promise<string> {
  const hash = createHash('sha256');
  for (let after = ''; ;) {
    const rows = await part(after);
    for (const { line } of rows) hash.update(`${line}\n`, 'utf8');
    const last = rows.at(-1);
    if (!last || rows.length < partSize) return hash.digest('hex');
    after = last.account;
  }
}

/** SHA-256 over lines "account position amount whose", in the order of accounts; lower-case hex. */
export const entitlementsDigest = (db: Database | Tx, caseId: string): Promise<string> =>
  digestOfParts(
    (after) => db.$queryRaw`
      select account_id as account, concat_ws(' ', account_id, position, amount, goes_to) as line
        from rights_entitlement
        where case_id = ${caseId}::uuid and account_id collate "C" > ${after} collate "C"
        order by account_id collate "C" limit ${partSize}`,
  );

/** SHA-256 over lines "account position units cents", in the order of accounts; lower-case hex. */
export const lossSharesDigest = (db: Database | Tx, caseId: string): Promise<string> =>
  digestOfParts(
    (after) => db.$queryRaw`
      select account_id as account, concat_ws(' ', account_id, position, units, value_cents) as line
        from loss_share
        where case_id = ${caseId}::uuid and account_id collate "C" > ${after} collate "C"
        order by account_id collate "C" limit ${partSize}`,
  );
