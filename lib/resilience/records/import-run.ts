/** One take-over of a register inside one transaction: what there is, what becomes of it, what is wrong. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { individual } from '../codes.ts';
import type { EntityFacts } from '../kinds/entity.ts';
import { codeIn, individualTexts } from '../kinds/provider.ts';
import type { Draft, Place, RegisterRows } from '../register/drafts.ts';
import type { Row, TemplateCode } from '../roi/column.ts';
import type { Texts } from './kind-rules.ts';
import { loadTexts, standingOfRow, type Standing } from './load-record.ts';
import { lockRecords } from './lock-records.ts';
import { insertVersions, type NewVersion } from './insert-versions.ts';
import { RunNames } from './import-names.ts';
import { prepareVersion } from './prepare-version.ts';

export const takenKinds = ['entity', 'function', 'provider', 'contract'] as const;
export type TakenKind = (typeof takenKinds)[number];

/** A cell that keeps a register from being taken over. */
export type CellFault = Place & { reason: string };

export type Imported = Record<TakenKind, { created: number; changed: number; unchanged: number }>;

export type Run = {
  tx: Tx;
  rows: RegisterRows;
  by: string;
  at: Date;
  /** Everything that may be named, for the checks. */
  names: RunNames;
  /** Texts that stand, of the records that are being written; and versions that wait to be inserted. */
  texts: ReadonlyMap<string, Texts>;
  waiting: NewVersion[];
  /** What is on record, by kind and by the name that a register uses. */
  existing: Readonly<Record<TakenKind, Map<string, Standing>>>;
  /** Ids of what may be named, by that name; grows with what is written. */
  ids: Readonly<Record<'providers' | 'functions' | 'contracts', Map<string, string>>>;
  /** Types of the codes of providers. */
  types: Map<string, string>;
  /** LEI of the entity. */
  own: string;
  imported: Imported;
  faults: CellFault[];
};

/** Beyond this many wrong cells nothing more is listed. */
const faultsMax = 1_000;

const none = () => ({ created: 0, changed: 0, unchanged: 0 });

/** Locks all records and reads what there is. */
export async function beginRun(
  tx: Tx,
  rows: RegisterRows,
  { by, at }: { by: string; at: Date },
): Promise<Run> {
  await lockRecords(tx);
  const found = await tx.resilienceCurrent.findMany({ where: { kind: { in: [...takenKinds] } } });
  const standings = found.map(standingOfRow);
  const codes = await codesOfIndividuals(tx, standings);
  const existing = Object.fromEntries(
    takenKinds.map((kind) => [
      kind,
      new Map(
        standings
          .filter((one) => one.kind === kind)
          .map((one) => [codes.get(one.id) ?? one.ref, one]),
      ),
    ]),
  ) as Record<TakenKind, Map<string, Standing>>;
  const idsOf = (kind: TakenKind) =>
    new Map(
      [...existing[kind]].flatMap(([name, one]) => (one.retired ? [] : [[name, one.id] as const])),
    );
  const entity = existing.entity.get('entity');
  return {
    tx,
    rows,
    by,
    at,
    names: new RunNames(tx, standings, codes),
    texts: new Map(),
    waiting: [],
    existing,
    ids: {
      providers: idsOf('provider'),
      functions: idsOf('function'),
      contracts: idsOf('contract'),
    },
    types: new Map(
      [...existing.provider].map(([code, { facts }]) => [
        code,
        (facts as { codeType: string }).codeType,
      ]),
    ),
    own: entity ? (entity.facts as EntityFacts).lei : '',
    imported: { entity: none(), function: none(), provider: none(), contract: none() },
    faults: [],
  };
}

/** Individuals are known by a code that stands among their texts. */
async function codesOfIndividuals(
  tx: Tx,
  standings: readonly Standing[],
): Promise<Map<string, string>> {
  const ids = standings
    .filter(
      ({ kind, facts }) =>
        kind === 'provider' && (facts as { person: string }).person === individual,
    )
    .map(({ id }) => id);
  const texts = await loadTexts(tx, ids, [individualTexts.code]);
  return new Map(
    [...texts].flatMap(([id, text]) => {
      const code = codeIn(text);
      return code === null ? [] : [[id, code] as const];
    }),
  );
}

export function addFault(run: Run, { template, row, column }: Place, reason: string): void {
  if (run.faults.length < faultsMax) run.faults.push({ template, row, column, reason });
}

const templateOfNames = {
  providers: 'B_05.01',
  functions: 'B_06.01',
  contracts: 'B_02.01',
} as const;

/** Records that are read and inserted at once: what is in memory at a time does not grow with the register. */
const perPiece = 200;

/**
 * Writes what the keys stand for, in their order, some hundred at a time: the texts of those that are on record are
 * read in one statement, and what became of them inserted in a few. Once something is wrong nothing more is inserted.
 */
export async function inPieces(
  run: Run,
  kind: TakenKind,
  keys: Iterable<string>,
  write: (key: string, before: Standing | null) => Promise<void>,
): Promise<void> {
  const all = [...keys];
  for (let from = 0; from < all.length; from += perPiece) {
    const piece = all
      .slice(from, from + perPiece)
      .map((key) => ({ key, before: run.existing[kind].get(key) ?? null }));
    const ids = piece.flatMap(({ before }) => (before ? [before.id] : []));
    run.texts = ids.length > 0 ? await loadTexts(run.tx, ids) : new Map();
    for (const { key, before } of piece) await write(key, before);
    const waiting = run.waiting.splice(0);
    if (run.faults.length === 0) await insertVersions(run.tx, waiting);
  }
}

/** Checks a record as its rows say it, to be inserted with its piece. @returns its id; null where it was refused. */
export async function writeDraft(
  run: Run,
  kind: TakenKind,
  before: Standing | null,
  draft: Draft,
): Promise<string | null> {
  const { by, at, names } = run;
  const textsBefore = before ? (run.texts.get(before.id) ?? {}) : {};
  const { facts, texts } = draft;
  const prepared = await prepareVersion(
    names,
    { before, textsBefore },
    { kind, facts, texts, by, at },
  );
  if (!prepared.ok) {
    for (const { field, reason } of prepared.faults) {
      const place = draft.placeOf(field);
      const isUnknown = place.names !== undefined && reason.startsWith('Choose ');
      addFault(
        run,
        place,
        isUnknown ? `This has no row in ${templateOfNames[place.names ?? 'providers']}.` : reason,
      );
    }
    return null;
  }
  const count = run.imported[kind];
  if ('stands' in prepared.value) {
    count.unchanged += 1;
    return prepared.value.stands.id;
  }
  const { next } = prepared.value;
  run.waiting.push(next);
  names.add(next);
  if (before === null) count.created += 1;
  else count.changed += 1;
  return next.id;
}

export const cell = (row: Row, column: string): string => (row[column] ?? '').trim();

export type Numbered = { row: Row; index: number };

/** Rows of a template by their key in c0010; an empty or a second one is a fault. */
export function rowsByKey(run: Run, template: TemplateCode): Map<string, Numbered> {
  const found = new Map<string, Numbered>();
  for (const [index, row] of (run.rows[template] ?? []).entries()) {
    const key = cell(row, 'c0010');
    const place = { template, row: index + 1, column: 'c0010' };
    if (key === '') addFault(run, place, 'A key is never empty.');
    else if (found.has(key)) addFault(run, place, 'This stands here already.');
    else found.set(key, { row, index });
  }
  return found;
}
