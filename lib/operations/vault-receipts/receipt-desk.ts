/**
 * Collects what holders say of their vaults, once for each party and key: parties with a network are
 * asked, and what a cold one says stands in every answer that people brought back. So keys get theirs
 * when they become usable, and those made before do as well.
 */
import { receiptsInAnswer } from '#lib/mpc/client/cold-receipts.ts';
import { askVaultReceipt } from '#lib/mpc/client/party-client.ts';
import { log } from '#lib/platform/log.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { isOfHolder } from '#lib/protocol/vault-proof.ts';
import type { SignedVaultReceipt, VaultReceipt } from '#lib/protocol/vault-receipt.ts';
import { askInTime } from '../execution/ask-in-time.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import { loadRoster } from '../trust.ts';
import { loadKnownVaults, type CheckedReceipts } from './known-vaults.ts';

/** A party that gave none is asked again after so long, in milliseconds. */
const restMs = 10_000;
/** Answers of a cold party that are looked at; each carries what it says of all its vaults, as far as they fit. */
const answersMax = 4;

type Wanted = { party: string; expected: VaultReceipt };

export class ReceiptDesk {
  /** When each party with a network is asked next about a key. */
  readonly #rests = new Map<string, number>();
  /** The newest answer of each cold party that was looked at, and for what. */
  readonly #seen = new Map<string, string>();
  readonly #checked: CheckedReceipts = new Map();

  async look(context: WorkerContext): Promise<void> {
    const roster = await loadRoster(context.db);
    if (!roster) return;
    const vaults = await loadKnownVaults(context.db, roster, this.#checked);
    const wanted = vaults.flatMap(({ expected, given }): Wanted[] =>
      expected.holders.filter((party) => !given.has(party)).map((party) => ({ party, expected })),
    );
    const isCold = ({ party }: Wanted): boolean =>
      roster.parties.some(({ name, cold }) => name === party && cold === true);
    const asked = await Promise.all(
      wanted.filter((of) => !isCold(of)).map((of) => this.#ask(of, context)),
    );
    const carried = await this.#read(wanted.filter(isCold), context);
    try {
      for (const signed of [...asked.flatMap((answer) => answer ?? []), ...carried]) {
        const of = wanted.find(
          ({ party, expected }) => party === signed.party && expected.key === signed.receipt.key,
        );
        if (of) await keep(signed, of, roster, context);
      }
    } catch (error) {
      // What could not be kept is read again.
      this.#seen.clear();
      throw error;
    }
  }

  async #ask({ party, expected }: Wanted, context: WorkerContext) {
    const client = context.parties.find(({ name }) => name === party);
    const [pair, now] = [`${expected.key} ${party}`, context.clock().getTime()];
    if (!client || now < (this.#rests.get(pair) ?? 0)) return null;
    this.#rests.set(pair, now + restMs);
    const answer = await askInTime(askVaultReceipt(client, expected.key));
    return answer.ok ? answer.value : null;
  }

  /** Each party's newest answers, again only after another came or a vault was made. */
  async #read(wanted: readonly Wanted[], { db }: WorkerContext): Promise<SignedVaultReceipt[]> {
    const receipts: SignedVaultReceipt[] = [];
    for (const party of new Set(wanted.map((of) => of.party))) {
      const answers = await db.coldDocument.findMany({
        where: { party, answer: { not: null }, answeredAt: { not: null } },
        orderBy: [{ answeredAt: 'desc' }, { id: 'desc' }],
        select: { answer: true, answerDigest: true, answeredAt: true },
        take: answersMax,
      });
      const keys = wanted.filter((of) => of.party === party).map(({ expected }) => expected.key);
      const looked = [answers[0]?.answerDigest, ...keys].join(' ');
      if (this.#seen.get(party) === looked) continue;
      this.#seen.set(party, looked);
      for (const { answer, answeredAt } of answers)
        if (answer !== null && answeredAt !== null)
          receipts.push(...receiptsInAnswer({ answer, at: answeredAt }));
    }
    return receipts;
  }
}

/** Only what a holder signed, and what fits the console's own record: anything else no party would take. */
async function keep(
  signed: SignedVaultReceipt,
  { party, expected }: Wanted,
  roster: Roster,
  { db }: WorkerContext,
): Promise<void> {
  const isGood = isOfHolder(signed, roster) && digestOf(signed.receipt) === digestOf(expected);
  if (!isGood) {
    log.error(
      { party, key: expected.key },
      'what a party says of a vault is not what is on record',
    );
    return;
  }
  const row = {
    keyId: expected.key,
    party,
    digest: digestOf(signed),
    document: canonicalize(signed),
  };
  await inTransaction(db, (tx) =>
    tx.vaultReceipt.createMany({ data: [row], skipDuplicates: true }),
  );
}
