/**
 * What had left in windows that end at a rising instant. One cursor over the outflows adds what left,
 * and for each length of window another one behind it takes away what left before: memory stays the
 * same however much there was.
 */
import type { Database } from '#lib/platform/db/client.ts';
import { coinKinds } from '#lib/protocol/intent-kinds.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import type { SpendScope, SpentFact } from '#lib/protocol/policy-facts.ts';

export type SpentQuestion = { scope: SpendScope; hours: number };

type Outflow = {
  id: string;
  at: Date;
  asset: string;
  amount: bigint;
  vault: string | null;
  client: string | null;
  destination: string | null;
};

const hourMs = 3_600_000;
const pageSize = 1_000;

type Row = {
  id: string;
  signed_at: Date;
  asset: string;
  amount: string;
  vault_id: string | null;
  client_id: string | null;
  destination_id: string | null;
};

/** Reads outflows in the order in which they were signed, from an instant on. */
class OutflowCursor {
  readonly #db: Database;
  #behind: { at: Date; id: string } | null = null;
  readonly #from: Date;
  #page: Outflow[] = [];
  #place = 0;
  #isOver = false;

  constructor(db: Database, from: Date) {
    this.#db = db;
    this.#from = from;
  }

  /** Gives every outflow up to and with an instant to `take`. */
  async upTo(at: Date, take: (outflow: Outflow) => void): Promise<void> {
    for (;;) {
      const next = this.#page[this.#place];
      if (next) {
        if (next.at > at) return;
        take(next);
        this.#place += 1;
      } else if (this.#isOver) return;
      else await this.#read();
    }
  }

  async #read(): Promise<void> {
    const at = this.#behind?.at ?? this.#from;
    const id = this.#behind?.id ?? '00000000-0000-0000-0000-000000000000';
    const rows = await this.#db.$queryRaw<Row[]>`
      SELECT t.id, t.signed_at, o.asset, o.amount::text AS amount,
        o.vault_id, o.client_id, o.destination_id
      FROM chain_transaction t JOIN operation o ON o.id = t.operation_id
      WHERE t.signed_at IS NOT NULL AND (t.signed_at, t.id) > (${at}, ${id}::uuid)
        AND o.kind = ANY(${[...coinKinds]})
      ORDER BY t.signed_at, t.id LIMIT ${pageSize}`;
    this.#page = rows.map((row) => ({
      id: row.id,
      at: row.signed_at,
      asset: row.asset,
      amount: BigInt(row.amount),
      vault: row.vault_id,
      client: row.client_id,
      destination: row.destination_id,
    }));
    this.#place = 0;
    const last = rows.at(-1);
    if (last) this.#behind = { at: last.signed_at, id: last.id };
    this.#isOver = rows.length < pageSize;
  }
}

const valueOf = (of: Omit<Outflow, 'id' | 'at' | 'amount'>, scope: SpendScope): string | null =>
  scope === 'asset' ? '' : of[scope];

export class Outflows {
  readonly #questions: readonly SpentQuestion[];
  readonly #sums = new Map<string, bigint>();
  /** Destinations that something left for. */
  readonly #used: Set<string>;
  readonly #leading: OutflowCursor;
  readonly #trailing: readonly { hours: number; cursor: OutflowCursor }[];

  private constructor(
    db: Database,
    {
      from,
      questions,
      used,
    }: { from: Date; questions: readonly SpentQuestion[]; used: Set<string> },
  ) {
    this.#questions = questions;
    this.#used = used;
    const windows = [...new Set(questions.map(({ hours }) => hours))];
    this.#leading = new OutflowCursor(db, from);
    this.#trailing = windows.map((hours) => ({ hours, cursor: new OutflowCursor(db, from) }));
  }

  /** @param start the first instant that will be asked about. */
  static async open(
    db: Database,
    start: Date,
    questions: readonly SpentQuestion[],
  ): Promise<Outflows> {
    const longest = Math.max(0, ...questions.map(({ hours }) => hours));
    const from = new Date(start.getTime() - longest * hourMs);
    const rows = await db.$queryRaw<{ destination_id: string }[]>`
      SELECT DISTINCT o.destination_id
      FROM chain_transaction t JOIN operation o ON o.id = t.operation_id
      WHERE t.signed_at <= ${from} AND o.kind = 'withdrawal' AND o.destination_id IS NOT NULL`;
    const used = new Set(rows.map((row) => row.destination_id));
    return new Outflows(db, { from, questions, used });
  }

  /** Goes on to an instant; never back. */
  async goTo(at: Date): Promise<void> {
    await this.#leading.upTo(at, (outflow) => {
      if (outflow.destination !== null) this.#used.add(outflow.destination);
      for (const { scope, hours } of this.#questions) this.#add(outflow, { scope, hours }, 1n);
    });
    for (const { hours, cursor } of this.#trailing)
      await cursor.upTo(new Date(at.getTime() - hours * hourMs), (outflow) => {
        for (const question of this.#questions)
          if (question.hours === hours) this.#add(outflow, question, -1n);
      });
  }

  #add(outflow: Outflow, { scope, hours }: SpentQuestion, sign: 1n | -1n): void {
    const value = valueOf(outflow, scope);
    if (value === null) return;
    const key = `${hours} ${scope} ${outflow.asset} ${value}`;
    const sum = (this.#sums.get(key) ?? 0n) + sign * outflow.amount;
    if (sum === 0n) this.#sums.delete(key);
    else this.#sums.set(key, sum);
  }

  /** What had left, for one operation; its own outflow comes after it was raised. */
  spent(intent: MovingIntent): SpentFact[] {
    const { asset, vault } = intent;
    const goal =
      intent.kind === 'withdrawal'
        ? { client: intent.client, destination: intent.destination.id }
        : { client: null, destination: null };
    return this.#questions.map(({ scope, hours }) => {
      const value = valueOf({ asset, vault, ...goal }, scope);
      const sum =
        value === null ? 0n : (this.#sums.get(`${hours} ${scope} ${asset} ${value}`) ?? 0n);
      return { scope, hours, amount: sum.toString() };
    });
  }

  hasPaid(destination: string): boolean {
    return this.#used.has(destination);
  }
}
