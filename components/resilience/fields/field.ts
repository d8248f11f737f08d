/**
 * What a form asks for and a page shows, as data: one list of fields per kind of record, in the order in which a person
 * decides by them. Nothing in here checks; the records do, and name the field that is wrong. Pure, for the browser too.
 */
import type { Kind } from '#lib/resilience/records/kinds.ts';
import type { DraftFields } from './draft.ts';

type Named = {
  /** Name among the facts of the record, or among its texts for `title` and `area`. */
  name: string;
  label: string;
  hint?: string;
};

/** One value; where `maybe` an empty one means that there is none, `asked` where it may not be empty while it is in view. */
export type LeafField = Named & { maybe?: true; asked?: true } & (
    | { control: 'line'; look?: 'mono'; most?: number }
    | { control: 'day' | 'number' | 'money' | 'country' | 'currency' | 'yes-no' | 'person' }
    | { control: 'choice'; options: Readonly<Record<string, string>> }
    | { control: 'record'; kind: Kind }
  );

/** Free text, kept apart from the facts so that it can be erased. */
export type TextField = Named & { control: 'title' | 'area'; most?: number };

export type ListField = Named &
  (
    | { control: 'records'; kind: Kind }
    | { control: 'choices'; options: Readonly<Record<string, string>> }
    /** Lines of text; one of them is called `one`. */
    | { control: 'lines'; one: string; look?: 'mono' }
    /** Objects; one of them is called `one`. */
    | { control: 'rows'; one: string; fields: readonly LeafField[] }
    /** The clauses of Art 30, each with an answer, a place and a text. */
    | { control: 'clauses' }
  );

/** Fields that belong together and make one object among the facts. */
export type GroupField = Named & { control: 'group'; fields: readonly LeafField[] };

export type Field = (LeafField | TextField | ListField | GroupField) & {
  /** Asked for only where this holds; left out otherwise, and then empty. */
  when?: (draft: DraftFields) => boolean;
};

export type Section = { title: string; hint?: string; fields: readonly Field[] };
export type Sections<K extends Kind> = Readonly<Record<K, readonly Section[]>>;

/** What a new record begins with, so that the usual answer need not be chosen. */
export type Start = Readonly<Record<string, unknown>>;
export type Starts<K extends Kind> = Readonly<Partial<Record<K, Start>>>;

export const isText = (field: Field): field is Field & TextField =>
  field.control === 'title' || field.control === 'area';
