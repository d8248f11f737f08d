/** The records that figures of the framework are reckoned from, in memory: only what changed is read again. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Texts } from './kind-rules.ts';
import type { Kind } from './kinds.ts';
import { rulesFor } from './rules-of.ts';

/** Findings count nowhere in these figures, and there are many. */
const frameworkKinds = [
  'entity',
  'function',
  'provider',
  'contract',
  'asset',
  'risk',
  'test',
  'plan',
  'plan-test',
] as const satisfies readonly Kind[];
export type FrameworkKind = (typeof frameworkKinds)[number];

/** Kinds of which figures ask whether texts are there. */
const withTexts: readonly FrameworkKind[] = ['entity', 'function', 'provider', 'contract'];

export type Kept = {
  id: string;
  kind: FrameworkKind;
  number: string;
  ref: string;
  version: number;
  state: string | null;
  grade: string | null;
  at: Date;
  facts: unknown;
  /** Ids of the records that it names. */
  links: readonly string[];
  /** A mark for each text that is there: figures count them, and what they say is nobody's business here. */
  texts: Texts;
};

type Row = Omit<Kept, 'links' | 'texts'> & { retired: boolean; texts: string[]; changed: bigint };

const mark = 'given';
const perRead = 1_000;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Records in use. It grows with the register, by some kilobytes for each contract: 2,000 are about 20 MB.
 * Records are changed one transaction after the other, each with a number of its own, so that everything up to the
 * last number seen is known.
 */
export class FrameworkRecords {
  readonly #byId = new Map<FrameworkKind, Map<string, Kept>>(
    frameworkKinds.map((kind) => [kind, new Map()]),
  );
  readonly #ofKind = new Map<FrameworkKind, readonly Kept[]>();
  #changed = new Map<string, FrameworkKind>();
  /** Up to which change it is known; before any. */
  #known = -1n;

  /** Takes in what changed since the last time. Nothing is taken in when a read fails. @param tx a snapshot. */
  async catchUp(tx: Pick<Tx, '$queryRaw'>): Promise<void> {
    const rows: Row[] = [];
    for (let after = { changed: this.#known, id: lastId }; ;) {
      const page = await readChanged(tx, after);
      rows.push(...page);
      const last = page.at(-1);
      if (!last || page.length < perRead) break;
      after = { changed: last.changed, id: last.id };
    }
    for (const row of rows) this.#take(row);
    this.#known = rows.at(-1)?.changed ?? this.#known;
  }

  /** All in use of a kind, by number. */
  of(kind: FrameworkKind): readonly Kept[] {
    const known = this.#ofKind.get(kind);
    if (known) return known;
    const all = [...(this.#byId.get(kind)?.values() ?? [])].toSorted((a, b) =>
      a.number < b.number ? -1 : 1,
    );
    this.#ofKind.set(kind, all);
    return all;
  }

  /** Ids and kinds of the records that changed, were retired or came since this was asked last. */
  takeChanges(): ReadonlyMap<string, FrameworkKind> {
    const changed = this.#changed;
    this.#changed = new Map();
    return changed;
  }

  #take({ retired, texts, changed: _changed, ...row }: Row): void {
    this.#ofKind.delete(row.kind);
    this.#changed.set(row.id, row.kind);
    const byId = this.#byId.get(row.kind);
    if (retired) {
      byId?.delete(row.id);
      return;
    }
    byId?.set(row.id, {
      ...row,
      links: [
        ...new Set(
          rulesFor(row.kind)
            .namesOf(row.facts)
            .map(({ to }) => to),
        ),
      ],
      texts: Object.fromEntries(texts.map((field) => [field, mark])),
    });
  }
}

/** The next rows by change; of each its texts that were not taken away, erased ones among them. */
const readChanged = (
  tx: Pick<Tx, '$queryRaw'>,
  after: { changed: bigint; id: string },
): Promise<Row[]> =>
  tx.$queryRaw<Row[]>`
    select c.record_id::text as id, c.kind, c.number, c.ref, c.version, c.state, c.grade, c.retired, c.changed,
        c.written_at as at, c.facts,
        case when c.kind = any (${[...withTexts]}::text[]) then array(
          select n.field from (select distinct on (t.field) t.field, t.taken from resilience_text t
            where t.record_id = c.record_id order by t.field, t.version desc) n
          where not n.taken) else array[]::text[] end as texts
      from resilience_current c
      where c.kind = any (${[...frameworkKinds]}::text[])
        and (c.changed, c.record_id) > (${after.changed}, ${after.id}::uuid)
      order by c.changed, c.record_id limit ${perRead}`;
