/** Vaults on record with what each holder of their keys should say of them, and what holders have said. */
import { chainFacts } from '#lib/chains/registry.ts';
import { log } from '#lib/platform/log.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { chainId, vaultTier } from '#lib/protocol/scalars.ts';
import { keySuite } from '#lib/protocol/suites.ts';
import {
  signedVaultReceipt,
  type SignedVaultReceipt,
  type VaultReceipt,
} from '#lib/protocol/vault-receipt.ts';
import { isOfHolder } from '#lib/protocol/vault-proof.ts';

/** There are tens of vaults, not thousands. */
const vaultsMax = 1_000;
/** Of one holder of one key, the newest: one is enough, and bad ones of before must not hide it. */
const keptMax = 8;
/** Above it everything is checked again: far more than all that is read in one go. */
const checkedMax = 50_000;

export type KnownVault = {
  name: string;
  /** By the console's own record. */
  expected: VaultReceipt;
  /** By party; each is what that holder signed, and says what is expected. */
  given: ReadonlyMap<string, SignedVaultReceipt>;
};

/** Rows that were checked, by what they were checked against: null for a bad one. */
export type CheckedReceipts = Map<string, SignedVaultReceipt | null>;

type Row = { keyId: string; party: string; digest: string; document: string };

/** Whether a holder signed it, and it says what the console has on record: anything else no party would take. */
export const saysExpected = (
  signed: SignedVaultReceipt,
  expectedDigest: string,
  roster: Roster,
): boolean => digestOf(signed.receipt) === expectedDigest && isOfHolder(signed, roster);

/** What the row holds, or null where it is not what this holder should say. It never throws. */
function readReceipt(
  { party, document }: Row,
  expected: string,
  roster: Roster,
): SignedVaultReceipt | null {
  let value: unknown;
  try {
    value = JSON.parse(document);
  } catch {
    return null;
  }
  const { data } = signedVaultReceipt.safeParse(value);
  return data?.party === party && saysExpected(data, expected, roster) ? data : null;
}

function goodOnes(
  rows: readonly Row[],
  expected: VaultReceipt,
  { roster, checked }: { roster: Roster; checked: CheckedReceipts },
): ReadonlyMap<string, SignedVaultReceipt> {
  const good = new Map<string, SignedVaultReceipt>();
  const expectedDigest = digestOf(expected);
  for (const row of rows) {
    const { party, digest } = row;
    if (good.has(party)) continue;
    const identity = roster.parties.find(({ name }) => name === party)?.identityKey;
    const against = `${digest} ${party} ${expectedDigest} ${identity}`;
    let receipt = checked.get(against);
    if (receipt === undefined) {
      receipt = readReceipt(row, expectedDigest, roster);
      if (checked.size >= checkedMax) checked.clear();
      checked.set(against, receipt);
      if (receipt === null)
        log.error({ party, key: row.keyId, digest }, 'a kept receipt of a vault is left out');
    }
    if (receipt) good.set(party, receipt);
  }
  return good;
}

/**
 * By the id of the vault. Rows that are not what their holder should say are left out, and logged.
 * @param checked kept by who asks again and again, so that each row is verified, and logged, once.
 */
export async function loadKnownVaults(
  db: Database,
  roster: Roster,
  checked: CheckedReceipts = new Map(),
): Promise<KnownVault[]> {
  const { organisation, environment } = roster;
  const vaults = await db.vault.findMany({
    include: { key: true },
    orderBy: { id: 'asc' },
    take: vaultsMax,
  });
  const rows = await db.$queryRaw<Row[]>`
    select key_id as "keyId", party, digest, document
    from (
      select *, row_number() over (partition by key_id, party order by kept_at desc, digest) as place
      from vault_receipt where key_id = any(${[...new Set(vaults.map(({ keyId }) => keyId))]})
    ) as ranked
    where place <= ${keptMax} order by key_id, party, place`;
  const byKey = Map.groupBy(rows, ({ keyId }) => keyId);
  return vaults.map(({ id, name, tier, chain, address, key }) => {
    const expected: VaultReceipt = {
      type: 'countersign/vault-receipt/v1',
      organisation,
      environment,
      vault: id,
      tier: vaultTier.parse(tier),
      chain: chainId.parse(chain),
      address,
      key: key.id,
      suite: keySuite.parse(key.suite),
      ...(chainFacts(chain).accounts === 'by-owner' ? { publicKey: key.publicKey } : {}),
      threshold: key.threshold,
      holders: key.parties,
    };
    const given = goodOnes(byKey.get(key.id) ?? [], expected, { roster, checked });
    return { name, expected, given };
  });
}
