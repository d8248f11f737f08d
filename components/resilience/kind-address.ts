/** Where the pages of each kind of record are. Pure. */
import { aKind, kindNames, type Kind } from '#lib/resilience/records/kinds.ts';

export const resiliencePath = '/resilience';

/** The part of an address that stands for a kind. */
const slugs: Readonly<Record<Kind, string>> = {
  entity: 'entity',
  provider: 'providers',
  contract: 'contracts',
  function: 'functions',
  asset: 'assets',
  risk: 'risks',
  finding: 'findings',
  test: 'tests',
  plan: 'plans',
  'plan-test': 'plan-tests',
};

/** The kind that a part of an address stands for; null for any other. */
export function kindOfSlug(slug: string): Kind | null {
  const found = Object.entries(slugs).find(([, of]) => of === slug);
  return found ? (found[0] as Kind) : null;
}

export const listPath = (kind: Kind): string => `${resiliencePath}/${slugs[kind]}`;
export const recordPath = (kind: Kind, id: string): string => `${listPath(kind)}/${id}`;
export const editPath = (kind: Kind, id: string): string => `${recordPath(kind, id)}/edit`;
/** @param given facts that the form begins with, by name. */
export function newPath(kind: Kind, given: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(given).toString();
  return `${listPath(kind)}/new${query === '' ? '' : `?${query}`}`;
}

/** Titles of the pages of a kind, as the browser shows them. */
export const listTitle = (kind: Kind): string => kindNames[kind][1];
export const recordTitle = (kind: Kind): string => kindNames[kind][0];
export const newTitle = (kind: Kind): string => `Add ${aKind(kind)}`;
