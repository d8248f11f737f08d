/** Where the pages of each kind of record are. Pure. */
import {
  aKind,
  areaOf,
  kindNames,
  kindsOf,
  type Area,
  type Kind,
  type KindOf,
} from '#lib/resilience/records/kinds.ts';

export const resiliencePath = '/resilience';
export const privacyRegistersPath = '/privacy/registers';

/** The first page of each area, and what a trail calls it. */
const areaPages: Readonly<Record<Area, { label: string; href: string }>> = {
  resilience: { label: 'Resilience', href: resiliencePath },
  privacy: { label: 'Data protection registers', href: privacyRegistersPath },
};

/** Where the trail to the pages of a kind begins. */
export const areaCrumb = (kind: Kind): { label: string; href: string } => areaPages[areaOf(kind)];

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
  activity: 'activities',
  dpia: 'assessments',
  transfer: 'transfers',
  processor: 'processors',
  notice: 'notices',
  consent: 'consents',
  party: 'parties',
};

/** The kind of an area that a part of an address stands for; null for any other. */
export function kindOfSlug<A extends Area>(area: A, slug: string): KindOf<A> | null {
  const kinds: readonly KindOf<A>[] = kindsOf[area];
  return kinds.find((kind) => slugs[kind] === slug) ?? null;
}

export const listPath = (kind: Kind): string => `${areaCrumb(kind).href}/${slugs[kind]}`;
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
