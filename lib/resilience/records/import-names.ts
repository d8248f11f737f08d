/** What a take-over of a register may name: what it read under the lock of all records, and what it adds to that. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { lookupIn, type Holder, type Lookup } from './find-name-faults.ts';
import type { NewVersion } from './insert-versions.ts';
import type { Kind } from './kinds.ts';
import type { Standing } from './load-record.ts';
import { rulesFor } from './rules-of.ts';

const keyOf = (kind: Kind, ref: string): string => `${kind} ${ref}`;

/**
 * Answers as the database would after each record, without asking it: nobody else writes until the transaction ends.
 * It has to be given every record of the kinds that the take-over writes and that those name.
 */
export class RunNames implements Lookup {
  readonly #byId = new Map<string, Holder & { ref: string }>();
  readonly #byRef = new Map<string, string>();
  readonly #people = new Map<string, boolean>();
  readonly #database: Lookup;

  /** @param codes of individuals, by id */
  constructor(tx: Tx, standings: readonly Standing[], codes: ReadonlyMap<string, string>) {
    this.#database = lookupIn(tx);
    for (const { id, kind, number, retired, ...standing } of standings) {
      const ref = codes.get(id) ?? standing.ref;
      this.#byId.set(id, { id, kind, number, ref, retired });
      this.#byRef.set(keyOf(kind, ref), id);
    }
  }

  /** A version that is to be inserted. Until it has a number of its own a new record goes by its name. */
  add({ kind, id, before, facts, written, retired }: NewVersion): void {
    const rules = rulesFor(kind);
    const was = this.#byId.get(id);
    const ref =
      rules.refOf(facts)?.ref ??
      rules.textRefOf?.(facts, written)?.ref ??
      // A text that is not written anew stands as it was.
      was?.ref ??
      before?.number ??
      id;
    if (was) this.#byRef.delete(keyOf(kind, was.ref));
    this.#byId.set(id, { id, kind, number: before?.number ?? ref, ref, retired });
    this.#byRef.set(keyOf(kind, ref), id);
  }

  async holderOf(kind: Kind, ref: string): Promise<Holder | null> {
    return this.#byId.get(this.#byRef.get(keyOf(kind, ref)) ?? '') ?? null;
  }

  async recordsOf(ids: readonly string[]): Promise<Holder[]> {
    return ids.flatMap((id) => this.#byId.get(id) ?? []);
  }

  async peopleOf(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const asked = ids.filter((id) => !this.#people.has(id));
    if (asked.length > 0) {
      const known = await this.#database.peopleOf(asked);
      for (const id of asked) this.#people.set(id, known.has(id));
    }
    return new Set(ids.filter((id) => this.#people.get(id) === true));
  }
}
