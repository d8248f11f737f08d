/**
 * Reads what claims to be the ESAs' incident document: whatever it is, what it holds comes out as
 * values by field number, and what doesn't belong there as findings. It walks the shape of the schema
 * and never deeper, looks at a bounded number of items, and keeps nothing of the input by reference.
 * Pure.
 */
import { checkValue, type Checked } from './check-value.ts';
import type { FieldNo, FieldValue, ReportValues } from './field-types.ts';
import { schemaArticle, type Finding, type Severity } from './finding.ts';
import {
  DOCUMENT_SHAPE,
  ENTITY_KINDS,
  type Leaf,
  type ListShape,
  type ObjectShape,
  type Shape,
} from './shape.ts';

/** An affected entity, as far as it is named. */
export type NamedEntity = { hasName: boolean; hasLei: boolean };

export type Reading = {
  /** What is well formed. */
  values: ReportValues;
  /** Fields that hold something that isn't well formed: they count as filled, and are not used. */
  malformed: ReadonlySet<FieldNo>;
  entities: readonly NamedEntity[];
  findings: readonly Finding[];
};

const CRITERION = 'classificationCriterion';

/** Beyond this many a person begins with the first. */
const MOST_UNKNOWN = 50;

type Notes = {
  gathered: Map<FieldNo, FieldValue[]>;
  malformed: Set<FieldNo>;
  entities: NamedEntity[];
  findings: Finding[];
  unknown: number;
  /** True where details stand in the list of criteria without one. */
  hasBareDetails: boolean;
};

/** @returns everything the document says; never throws for values that JSON can carry. */
export function readDocument(document: unknown): Reading {
  const notes: Notes = {
    gathered: new Map(),
    malformed: new Set(),
    entities: [],
    findings: [],
    unknown: 0,
    hasBareDetails: false,
  };
  readObject(DOCUMENT_SHAPE, document, '', notes);
  const values: Partial<Record<FieldNo, FieldValue>> = {};
  for (const [no, found] of notes.gathered) {
    const joined = join(no, found);
    if (joined !== null) values[no] = joined;
  }
  criteriaFaults(notes);
  const { malformed, entities, findings } = notes;
  return { values, malformed, entities, findings };
}

/** Where no criterion stands at all, the field is missing, which is said elsewhere. */
function criteriaFaults(notes: Notes): void {
  const found = notes.gathered.get('2.5');
  if (!found) return;
  if (new Set(found).size < found.length)
    say(notes, '2.5', 'twice', 'warning', 'A criterion stands here twice. Once is enough.', '2.5');
  if (!notes.hasBareDetails) return;
  notes.malformed.add('2.5');
  say(
    notes,
    '2.5',
    'criterion-missing',
    'blocking',
    'Details stand here without the criterion that they belong to.',
    '2.5',
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function say(
  notes: Notes,
  field: string,
  rule: string,
  severity: Severity,
  sentence: string,
  no: FieldNo | null = null,
): void {
  notes.findings.push({ field, rule, severity, sentence, article: schemaArticle(no) });
}

function readShape(shape: Shape, value: unknown, path: string, notes: Notes): void {
  if (shape.is === 'leaf') readLeaf(shape, value, path, notes);
  else if (shape.is === 'list') readList(shape, value, path, notes);
  else readObject(shape, value, path, notes);
}

function readObject(shape: ObjectShape, value: unknown, path: string, notes: Notes): void {
  if (!isObject(value)) {
    say(notes, path, 'type', 'blocking', 'This has to be an object with named properties.');
    return;
  }
  for (const name of Object.keys(value)) {
    if (shape.properties.has(name)) continue;
    notes.unknown += 1;
    if (notes.unknown > MOST_UNKNOWN) break;
    const where = path === '' ? nameOf(name) : `${path}.${nameOf(name)}`;
    say(notes, where, 'unknown-property', 'blocking', 'The document has no such property.');
  }
  for (const [name, below] of shape.properties) {
    if (!Object.hasOwn(value, name)) continue;
    const held = value[name];
    if (held === undefined) continue;
    readShape(below, held, path === '' ? name : `${path}.${name}`, notes);
  }
}

/** A property's name as a finding shows it: of a bounded length, without what isn't to be seen. */
const nameOf = (name: string): string =>
  name.slice(0, 60).toWellFormed().replace(/\p{C}/gu, '\u{FFFD}');

function readList(shape: ListShape, value: unknown, path: string, notes: Notes): void {
  if (!Array.isArray(value)) {
    say(notes, path, 'type', 'blocking', 'This has to be a list.');
    return;
  }
  if (value.length === 0)
    say(notes, path, 'empty-list', 'blocking', 'The list is empty. It needs at least one item.');
  if (value.length > shape.most)
    say(notes, path, 'too-many', 'blocking', `The list has more than ${shape.most} items.`);
  for (const [place, item] of value.slice(0, shape.most).entries()) {
    const where = `${path}[${place}]`;
    readObject(shape.item, item, where, notes);
    if (path === 'affectedEntity') notes.entities.push(namedEntity(item));
    if (path === 'incident.classificationTypes' && isObject(item))
      notes.hasBareDetails ||= !Object.hasOwn(item, CRITERION);
  }
}

const namedEntity = (item: unknown): NamedEntity => {
  const holds = (name: string) =>
    isObject(item) && Object.hasOwn(item, name) && item[name] !== undefined && item[name] !== '';
  return { hasName: holds('name'), hasLei: holds('LEI') };
};

function readLeaf(leaf: Leaf, value: unknown, path: string, notes: Notes): void {
  const { no } = leaf;
  // The criterion stands alone in each item of a list, and is a list as a field.
  const single: Leaf = no === '2.5' ? { ...leaf, kind: 'choice' } : leaf;
  const checked: Checked = checkValue(single, value);
  const field = no ?? path;
  for (const fault of checked.faults) {
    say(notes, field, fault.rule, fault.severity, fault.sentence, no);
  }
  if (leaf.kind === 'entity-type' && checked.value !== null)
    checkEntityType(checked.value, path, notes);
  if (no === null) return;
  if (checked.value === null) notes.malformed.add(no);
  else {
    const found = notes.gathered.get(no);
    if (found) found.push(checked.value);
    else notes.gathered.set(no, [checked.value]);
  }
}

function checkEntityType(value: FieldValue, path: string, notes: Notes): void {
  const wanted = Object.entries(ENTITY_KINDS).find(([place]) => path.startsWith(place))?.[1];
  if (value !== wanted)
    say(notes, path, 'entity-type', 'warning', `What stands here is ${wanted}, by its place.`);
}

/** Several places that hold one field become one value: lists are united, texts follow each other. */
function join(no: FieldNo, found: readonly FieldValue[]): FieldValue | null {
  const [first] = found;
  if (first === undefined) return null;
  if (no === '2.5') return [...new Set(found.filter((value) => typeof value === 'string'))];
  if (found.length === 1) return first;
  if (typeof first === 'object')
    return [...new Set(found.flatMap((value) => (typeof value === 'object' ? value : [])))];
  if (typeof first === 'boolean') return first;
  // The LEI stands before another code of the same entity.
  if (no === '1.3') return first;
  const texts = [...new Set(found.filter((value) => typeof value === 'string'))];
  return texts.join(no === '1.5' || no === '1.6' ? '; ' : '\n');
}
