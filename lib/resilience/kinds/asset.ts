/** ICT assets and what they support (RTS risk Art 4(2)(b)). */
import { z } from 'zod';
import { keysOf } from '../codes.ts';
import type { About, Fault, KindRules, Naming, Standing } from '../records/kind-rules.ts';
import { assetTypes, classifications, criticalities, exposures } from './asset-words.ts';
import {
  count,
  line,
  list,
  maybeDay,
  maybePerson,
  oneOf,
  paragraph,
  record,
  yesNo,
} from './fields.ts';

const hoursMax = 8760;

export const assetFacts = z.strictObject({
  /** Its unique id among assets, such as a host name. */
  code: line('the id of the asset', 100),
  name: line('the name of the asset', 200),
  type: oneOf(keysOf(assetTypes), 'what kind of asset it is'),
  /** Physical or logical. */
  location: line('the location', 200),
  classification: oneOf(keysOf(classifications), 'the classification'),
  critical: oneOf(keysOf(criticalities), 'whether it supports a critical or important function'),
  owner: maybePerson('who owns it'),
  functions: list(record('the function'), 'functions'),
  providers: list(record('the provider'), 'providers'),
  contracts: list(record('the contract'), 'contracts'),
  dependsOn: list(record('the asset'), 'assets that it depends on'),
  rtoHours: count('the recovery time', 0, hoursMax, 'hours').nullable().default(null),
  rpoHours: count('the recovery point', 0, hoursMax, 'hours').nullable().default(null),
  /** To outside networks. */
  exposure: oneOf(keysOf(exposures), 'the exposure to outside networks'),
  /** Legacy systems are assessed yearly (DORA Art 8(7)). */
  legacy: yesNo('whether it is a legacy system'),
  supportEndsOn: maybeDay('the end of regular support'),
  extendedSupportEndsOn: maybeDay('the end of extended support'),
  customSupportEndsOn: maybeDay('the end of custom support'),
});
export type AssetFacts = z.infer<typeof assetFacts>;

/** The last day on which anybody supports it; null where no end is known. */
export const supportEnd = (facts: AssetFacts): string | null =>
  facts.customSupportEndsOn ?? facts.extendedSupportEndsOn ?? facts.supportEndsOn;

const named = (field: string, kind: Naming['kind'], ids: readonly string[]): Naming[] =>
  ids.map((to, index) => ({ path: `${field}.${index}`, to, kind }));

function faultsOf(facts: AssetFacts, _about: About): Fault[] {
  const faults: Fault[] = [];
  const ends = [
    ['supportEndsOn', facts.supportEndsOn],
    ['extendedSupportEndsOn', facts.extendedSupportEndsOn],
    ['customSupportEndsOn', facts.customSupportEndsOn],
  ] as const;
  let earlier: string | null = null;
  for (const [field, end] of ends) {
    if (end !== null && earlier !== null && end < earlier)
      faults.push({ field, reason: 'It ends before the support that it prolongs.' });
    earlier = end ?? earlier;
  }
  if (facts.critical === 'critical' && facts.functions.length === 0)
    faults.push({ field: 'functions', reason: 'Name the critical or important function.' });
  return faults;
}

function standingOf(facts: AssetFacts): Standing {
  return {
    state: facts.legacy ? 'legacy' : 'current',
    grade: facts.critical,
    dueOn: supportEnd(facts),
  };
}

export const assetRules: KindRules<AssetFacts> = {
  facts: assetFacts,
  texts: { description: paragraph('what it is'), continuity: paragraph('what it needs to go on') },
  refOf: ({ code }) => ({ field: 'code', ref: code }),
  namesOf: ({ functions, providers, contracts, dependsOn }) => [
    ...named('functions', 'function', functions),
    ...named('providers', 'provider', providers),
    ...named('contracts', 'contract', contracts),
    ...named('dependsOn', 'asset', dependsOn),
  ],
  peopleOf: ({ owner }) => (owner === null ? [] : [{ path: 'owner', person: owner }]),
  standingOf,
  faultsOf,
  becomesOf: () => [],
};
