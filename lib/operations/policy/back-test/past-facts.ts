/** The facts that a policy would have looked at when past operations were raised. */
import type { Database } from '#lib/platform/db/client.ts';
import { factsOf, spentQuestions, subjectOf } from '#lib/protocol/facts-of.ts';
import type { HeldDestination } from '#lib/protocol/decide-input.ts';
import { digestOf, movesCoins } from '#lib/protocol/intent.ts';
import type { PolicyFacts } from '#lib/protocol/policy-facts.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { destinationClass } from '#lib/protocol/scalars.ts';
import { nothingKnown } from '#lib/protocol/signed-facts.ts';
import { heldRecords, type HeldRecords } from '../../facts/held-records.ts';
import type { Trust } from '../../trust.ts';
import { knownUnder, signedFactsAt } from '../signed-facts-at.ts';
import type { PastOperation } from './operations-page.ts';
import { Outflows, type SpentQuestion } from './outflows.ts';

/** Facts under each of the policies; null where the vault is not on record any more. */
export type FactsUnder = (PolicyFacts | null)[];

/** Every window that any of the policies looks at, for any asset. */
function questionsOf(policies: readonly Policy[]): SpentQuestion[] {
  const assets = new Set(
    policies.flatMap(({ caps, keyCaps = [], book, rules }) => [
      ...[...caps, ...keyCaps, ...(book?.firstUseCaps ?? [])].map(({ asset }) => asset),
      ...rules.flatMap(({ when }) => when.assets ?? []),
    ]),
  );
  const questions = new Map<string, SpentQuestion>();
  for (const asset of assets)
    for (const question of spentQuestions(policies, asset))
      questions.set(`${question.scope} ${question.hours}`, question);
  return [...questions.values()];
}

export class PastFacts {
  readonly #db: Database;
  readonly #policies: readonly Policy[];
  readonly #held: HeldRecords;
  readonly #outflows: Outflows;

  private constructor(
    db: Database,
    of: { policies: readonly Policy[]; held: HeldRecords; outflows: Outflows },
  ) {
    this.#db = db;
    this.#policies = of.policies;
    this.#held = of.held;
    this.#outflows = of.outflows;
  }

  /** @param first the first operation that will be asked about; the others come after it. */
  static async open(
    db: Database,
    { policies, trust, now }: { policies: readonly Policy[]; trust: Trust; now: Date },
    first: PastOperation,
  ): Promise<PastFacts> {
    // Vaults and keys as they are now: a vault keeps its tier.
    const held = await heldRecords(first.intent, trust, db, now);
    const outflows = await Outflows.open(db, first.raisedAt, questionsOf(policies));
    return new PastFacts(db, { policies, held, outflows });
  }

  /** One answer for each operation, in their order; operations come in the order they were raised. */
  async page(operations: readonly PastOperation[]): Promise<FactsUnder[]> {
    const questions = operations.map(({ intent, raisedAt }) => ({
      subject: subjectOf(intent),
      at: raisedAt,
    }));
    const destinations = await this.#destinations(operations);
    const known = await this.#known(questions);
    const all: FactsUnder[] = [];
    for (const [place, { intent, raisedAt }] of operations.entries()) {
      await this.#outflows.goTo(raisedAt);
      const isWithdrawal = intent.kind === 'withdrawal';
      const destination = isWithdrawal ? destinations.get(intent.destination.id) : undefined;
      const party: HeldRecords = {
        ...this.#held,
        destinations: destination
          ? [{ ...destination, used: this.#outflows.hasPaid(destination.id) }]
          : [],
        spent: movesCoins(intent) ? this.#outflows.spent(intent) : [],
      };
      const now = raisedAt.toISOString();
      all.push(
        known.map((facts) => factsOf(intent, { party, known: facts[place] ?? nothingKnown, now })),
      );
    }
    return all;
  }

  /** Under each policy; those that name the same sources are asked once. */
  async #known(questions: Parameters<typeof signedFactsAt>[2]) {
    const bySources = new Map<string, ReturnType<typeof knownUnder>[]>();
    const known: ReturnType<typeof knownUnder>[][] = [];
    for (const policy of this.#policies) {
      const sources = digestOf(policy.sources ?? []);
      let answers = bySources.get(sources);
      if (!answers) {
        const signed = await signedFactsAt(this.#db, policy, questions);
        answers = questions.map((question, place) =>
          knownUnder(policy, signed[place] ?? [], question),
        );
        bySources.set(sources, answers);
      }
      known.push(answers);
    }
    return known;
  }

  async #destinations(
    operations: readonly PastOperation[],
  ): Promise<ReadonlyMap<string, HeldDestination>> {
    const ids = operations.flatMap(({ intent }) =>
      intent.kind === 'withdrawal' ? [intent.destination.id] : [],
    );
    if (ids.length === 0) return new Map();
    const rows = await this.#db.destination.findMany({
      where: { id: { in: [...new Set(ids)] }, listedAt: { not: null } },
    });
    return new Map(
      rows.map((row): [string, HeldDestination] => [
        row.id,
        {
          id: row.id,
          client: row.clientId,
          chain: row.chain,
          asset: row.asset,
          address: row.address,
          class: destinationClass.parse(row.class),
          listedAt: (row.listedAt ?? row.expiresAt).toISOString(),
          expiresAt: row.expiresAt.toISOString(),
          removed: row.state === 'removed',
          used: false,
        },
      ]),
    );
  }
}
