/**
 * The shape of the ESAs' incident document IR 1.2.1: which property stands where and what it holds.
 * It restates the facts of the published schema (no unknown property anywhere, types, closed lists,
 * patterns, lengths); the duties of Annex II, which that schema lets pass, are rules of ours. Pure.
 */
import { ENTITY_TYPES } from './choices.ts';
import type { Choice, FieldKind, FieldNo } from './field-types.ts';
import { REPORT_FIELDS } from './fields.ts';

/** How a value is checked; the last is a helper without a number in the ITS. */
export type LeafKind = Exclude<FieldKind, 'identification' | 'names' | 'leis'> | 'entity-type';

export type Leaf = {
  is: 'leaf';
  /** Null for a property that the schema allows but the ITS has no field for. */
  no: FieldNo | null;
  kind: LeafKind;
  choices: readonly Choice[];
};
export type ObjectShape = { is: 'object'; properties: Map<string, Shape> };
export type ListShape = { is: 'list'; item: ObjectShape; most: number };
export type Shape = Leaf | ObjectShape | ListShape;

/** The helper in entities, by where it stands. */
export const ENTITY_KINDS = {
  submittingEntity: 'SUBMITTING_ENTITY',
  affectedEntity: 'AFFECTED_ENTITY',
  ultimateParentUndertaking: 'ULTIMATE_PARENT_UNDERTAKING_ENTITY',
} as const;

/** Items that a list may have: far more than there are entities in a group, or criteria. */
const MOST_ITEMS = 1000;

const objectShape = (): ObjectShape => ({ is: 'object', properties: new Map() });

function leafKind(kind: FieldKind, property: string): LeafKind {
  if (kind === 'identification') return property === 'LEI' ? 'lei' : 'text';
  if (kind === 'names') return 'text';
  return kind === 'leis' ? 'lei' : kind;
}

/** Puts a leaf where its path says, making what lies above it. */
function put(root: ObjectShape, path: string, leaf: Leaf): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at = root;
  for (const step of steps) {
    const name = step.replace('[]', '');
    const known = at.properties.get(name);
    if (known?.is === 'object') at = known;
    else if (known?.is === 'list') at = known.item;
    else {
      const below = objectShape();
      at.properties.set(
        name,
        step.endsWith('[]') ? { is: 'list', item: below, most: MOST_ITEMS } : below,
      );
      at = below;
    }
  }
  at.properties.set(last, leaf);
}

function build(): ObjectShape {
  const root = objectShape();
  for (const { no, kind, path, choices = [] } of REPORT_FIELDS)
    for (const place of path.split('|'))
      put(root, place, {
        is: 'leaf',
        no,
        kind: leafKind(kind, place.slice(place.lastIndexOf('.') + 1)),
        choices,
      });
  const helper = (path: string, kind: LeafKind, choices: readonly Choice[] = []) => {
    put(root, path, { is: 'leaf', no: null, kind, choices });
  };
  // One definition serves all entities of the schema, so each may have what the others need.
  for (const place of ['submittingEntity', 'affectedEntity[]', 'ultimateParentUndertaking'])
    helper(`${place}.entityType`, 'entity-type');
  helper('submittingEntity.affectedEntityType', 'choices', ENTITY_TYPES);
  helper('affectedEntity[].code', 'text');
  helper('ultimateParentUndertaking.code', 'text');
  helper('ultimateParentUndertaking.affectedEntityType', 'choices', ENTITY_TYPES);
  return root;
}

/** The whole document. */
export const DOCUMENT_SHAPE: ObjectShape = build();
