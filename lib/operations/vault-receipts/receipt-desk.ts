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
import { isColdIn, type Roster } from '#lib/protocol/roster.ts';
import type { SignedVaultReceipt, VaultReceipt } from '#lib/protocol/vault-receipt.ts';
import { askInTime } from '../execution/ask-in-time.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import { loadRoster } from '../trust.ts';
import { loadKnownVaults, saysExpected, type CheckedReceipts } from './known-vaults.ts';

/** A party that gave none is asked again after so long, in milliseconds. */
const restMs = 10_000;
/** Answers of a cold party that are looked at; each carries what it says of all its vaults, as far as they fit. */
const answersMax = 4;

type Wanted = { party: string; expected: VaultReceipt };

export class ReceiptDesk {
  /** When each party with a network is asked next about a key. */
  readonly #rests = new Map<string, number>();
  /** Which answers of cold parties were looked at for which keys, of what is wanted still. */
  #seen: ReadonlySet<string> = new Set();
  readonly #checked: CheckedReceipts = new Map();

  async look(context: WorkerContext): Promise<void> {
    const roster = await loadRoster(context.db);
    if (!roster) return;
    const vaults = await loadKnownVaults(context.db, roster, this.#checked);
    const wanted = vaults.flatMap(({ expected, given }): Wanted[] =>
      expected.holders.filter((party) => !given.has(party)).map((party) => ({ party, expected })),
    );
    const isCold = ({ party }: Wanted): boolean => isColdIn(roster, party);
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
      this.#seen = new Set();
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

  /** Each party's newest answers; a text is loaded once for each key whose word is wanted. */
  async #read(wanted: readonly Wanted[], { db }: WorkerContext): Promise<SignedVaultReceipt[]> {
    const seen = new Set<string>();
    const fresh = new Set<bigint>();
    for (const party of new Set(wanted.map((of) => of.party))) {
      const keys = wanted.filter((of) => of.party === party).map(({ expected }) => expected.key);
      for (const { id, version } of await newestAnswers(db, party))
        for (const key of keys) {
          const look = `${id} ${version} ${key}`;
          seen.add(look);
          if (!this.#seen.has(look)) fresh.add(id);
        }
    }
    const receipts: SignedVaultReceipt[] = [];
    for (const id of fresh) {
      const row = await db.coldDocument.findUnique({
        where: { id },
        select: { answer: true, answeredAt: true },
      });
      if (row?.answer && row.answeredAt)
        receipts.push(...receiptsInAnswer({ answer: row.answer, at: row.answeredAt }));
    }
    this.#seen = seen;
    return receipts;
  }
}

/**
 * Without their texts, which are up to 300 kB each. Those that the worker took come first: they never change, and
 * no other process can put one there.
 * @returns the version is another one after any change of the row.
 */
const newestAnswers = (
  db: WorkerContext['db'],
  party: string,
): Promise<{ id: bigint; version: string }[]> => db.$queryRaw`
  select id, xmin::text as version from cold_document
  where party = ${party} and answered_at is not null
  order by taken_at desc nulls last, answered_at desc, id desc limit ${answersMax}`;

/** Only what a party would take. */
async function keep(
  signed: SignedVaultReceipt,
  { party, expected }: Wanted,
  roster: Roster,
  { db }: WorkerContext,
): Promise<void> {
  if (!saysExpected(signed, digestOf(expected), roster)) {
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
