/**
 * The slow way to the same answer: every set of statements that one person could make, counted by
 * the decision's own code under every combination of facts that the rules could tell apart. Shares
 * no code with the analyser but the counting itself.
 */
import { findVoices, raisingRoles, type Said } from '../../counting.ts';
import { isCoinKind, isStopKind, type IntentKind } from '../../intent-kinds.ts';
import { hoursHold } from '../../policy-conditions.ts';
import type { PolicyFacts } from '../../policy-facts.ts';
import type { Policy } from '../../policy.ts';
import { measureVoices, type Voice } from '../../requirements.ts';
import type { Roster, RosterPerson } from '../../roster.ts';

/** More combinations than this are not tried; the draft is then no case for a test. */
const COMBINATIONS_MAX = 4_000;
export class TooMany extends Error {}

/** Ids of one person each: joined again and again until nothing changes. */
export function bruteFamilies({ people, backups = [] }: Roster): string[][] {
  const listed = [
    ...people.map(({ id, credentials }) => ({
      ids: [id],
      marks: [id, ...credentials.flatMap((key) => [`id ${key.id}`, `key ${key.publicKey}`])],
    })),
    ...backups.flatMap(({ custodians }) => custodians.map((id) => ({ ids: [id], marks: [id] }))),
  ];
  for (let place = 0; place < listed.length; place += 1)
    for (let other = place + 1; other < listed.length; other += 1) {
      const [left, right] = [listed[place], listed[other]];
      if (!left || !right || !left.marks.some((mark) => right.marks.includes(mark))) continue;
      const both = (of: 'ids' | 'marks') => [...new Set([...left[of], ...right[of]])];
      listed.splice(other, 1);
      listed[place] = { ids: both('ids'), marks: both('marks') };
      // What was no relation of the one may be one of both.
      other = place;
    }
  return listed.map(({ ids }) => ids);
}

const canState = ({ notAfter, credentials }: RosterPerson, at: number): boolean => {
  const over = (end: string | null | undefined): boolean =>
    end !== null && end !== undefined && at >= Date.parse(end);
  const byId = new Map(credentials.toReversed().map((key) => [key.id, key]));
  return (
    !over(notAfter) &&
    [...byId.values()].some((key) => key.revokedAt === null && !over(key.notAfter))
  );
};

/** Every end in the roster, the moment before each, and long before all. */
function instantsOf({ people, delegations = [] }: Roster): number[] {
  const ends = [
    ...people.flatMap(({ notAfter, credentials }) => [
      notAfter,
      ...credentials.map((key) => key.notAfter),
    ]),
    ...delegations.map(({ notAfter }) => notAfter),
  ].flatMap((end) => (end === null || end === undefined ? [] : [Date.parse(end)]));
  return [0, ...new Set(ends.flatMap((end) => [end - 1, end]))];
}

function product<T>(lists: readonly (readonly T[])[]): T[][] {
  const size = lists.reduce((total, { length }) => total * length, 1);
  if (size > COMBINATIONS_MAX) throw new TooMany(`${size} combinations`);
  return lists.reduce<T[][]>(
    (rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])),
    [[]],
  );
}

/** Every set of statements of these people, with one raise in it. */
function saidBy(people: readonly RosterPerson[]): Said[][] {
  const choices = people.map((person) =>
    ([null, 'raise', 'approve', 'cosign'] as const).map((decision) => ({ person, decision })),
  );
  return product(choices)
    .map((row) =>
      row.flatMap(({ person, decision }): Said[] =>
        decision === null ? [] : [{ person, decision, code: null }],
      ),
    )
    .filter((said) => said.filter(({ decision }) => decision === 'raise').length === 1);
}

/** Voices that count, each sort of them once. */
function voicesOf(roster: Roster, ids: readonly string[], kind: IntentKind): Voice[][] {
  const found = new Map<string, Voice[]>();
  for (const at of instantsOf(roster)) {
    const people = ids
      .flatMap((id) => roster.people.find((person) => person.id === id) ?? [])
      .filter((person) => canState(person, at));
    for (const said of saidBy(people)) {
      const voices = findVoices(said, kind, { roster, at });
      if (typeof voices === 'string') continue;
      const name = voices.map(({ group, decision }) => `${group} ${decision}`).sort();
      found.set(name.join(), voices);
    }
  }
  return [...found.values()];
}

type Change = (facts: PolicyFacts) => PolicyFacts;
const withBounds = (bounds: readonly string[]): string[] => [
  ...new Set(['0', '1', ...bounds, ...bounds.map((bound) => String(BigInt(bound) + 1n))]),
];

function without(
  facts: PolicyFacts,
  name: 'eurCents' | 'risk' | 'standing' | 'shortfall',
): PolicyFacts {
  const { [name]: gone, ...rest } = facts;
  return gone === undefined ? facts : rest;
}

/** One instant for each way in which the hours of the rules hold, hour by hour through a week. */
function weekOf({ rules }: Policy): string[] {
  const all = rules.flatMap(({ when }) => when.hours ?? []);
  if (all.length === 0) return ['2026-05-04T00:00:00.000Z'];
  const found = new Map<string, string>();
  for (let hour = 0; hour < 168; hour += 1) {
    const now = new Date(Date.UTC(2026, 4, 4, hour)).toISOString();
    found.set(all.map((hours) => hoursHold(hours, now)).join(), now);
  }
  return [...found.values()];
}

/** All that the facts of a kind could be, one dimension after the other. */
function dimensions(policy: Policy, kind: IntentKind): Change[][] {
  const whens = policy.rules.map(({ when }) => when);
  const listed = <T>(of: (when: (typeof whens)[number]) => readonly T[] | undefined): T[] => [
    ...new Set(whens.flatMap((when) => of(when) ?? [])),
  ];
  const asks = (...names: (keyof (typeof whens)[number])[]): boolean =>
    whens.some((when) => names.some((name) => when[name] !== undefined));
  const signed = (fact: string): boolean =>
    (policy.sources ?? []).some((source) => source.fact === fact);
  const [isOut, isListing] = [isCoinKind(kind), kind === 'destination-listing'];
  const isKeyLife = kind === 'key-refresh' || kind === 'key-repair' || kind === 'key-backup';
  const list: Change[][] = [weekOf(policy).map((now) => (facts) => ({ ...facts, now }))];
  if (isOut || isListing) {
    const assets = [...new Set([...listed(({ assets: of }) => of), 'SOL', 'USDC', 'ETH'])];
    list.push(assets.map((asset) => (facts) => ({ ...facts, asset })));
  }
  if (isParticular(kind)) {
    const clients = asks('clients') ? [...listed(({ clients: of }) => of), 'C-7777'] : ['C-7777'];
    list.push(clients.map((client) => (facts) => ({ ...facts, client })));
    const ages = isListing
      ? [0]
      : [
          0,
          ...whens.flatMap(({ destinationYoungerThan: age }) =>
            age === undefined ? [] : [age - 1, age],
          ),
          10 ** 7,
        ];
    const classes = (['client-wallet', 'exchange', 'custodian', 'other'] as const).filter(
      (of) => asks('destinationClasses') || of === 'other',
    );
    const uses = isListing ? [true] : asks('firstUse') ? [true, false] : [false];
    list.push(
      classes.flatMap((of) =>
        [...new Set(asks('destinationYoungerThan') ? ages : ages.slice(-1))].flatMap((ageSeconds) =>
          uses.map((firstUse): Change => (facts) => ({
            ...facts,
            destination: { class: of, ageSeconds, firstUse },
          })),
        ),
      ),
    );
    const risks =
      signed('risk') && asks('risks') ? (['low', 'medium', 'high', 'severe'] as const) : [];
    list.push([
      (facts) => without(facts, 'risk'),
      ...risks.map((risk): Change => (facts) => ({ ...facts, risk })),
    ]);
    const standings =
      signed('standing') && asks('standings') ? (['good', 'under-review', 'blocked'] as const) : [];
    list.push([
      (facts) => without(facts, 'standing'),
      ...standings.map((standing): Change => (facts) => ({ ...facts, standing })),
    ]);
  }
  if (isOut || isKeyLife || kind === 'key-ceremony' || kind === 'proof-of-control') {
    const vaults = asks('vaults')
      ? [...listed(({ vaults: of }) => of), 'elsewhere']
      : ['elsewhere'];
    const tiers = (['hot', 'warm', 'cold'] as const).filter(
      (tier) => asks('tiers') || tier === 'hot',
    );
    const places = vaults.flatMap((vault) =>
      tiers.map((tier): Change => (facts) => ({ ...facts, vault, tier })),
    );
    list.push(isKeyLife ? [...places, (facts) => facts] : places);
  }
  if (isOut) {
    const amounts = asks('amountAbove', 'velocity')
      ? withBounds([
          ...whens.flatMap(({ amountAbove }) => amountAbove ?? []),
          ...whens.flatMap(({ velocity }) => velocity?.above ?? []),
        ])
      : ['1'];
    list.push(
      amounts.filter((amount) => amount !== '0').map((amount) => (facts) => ({ ...facts, amount })),
    );
    const euros =
      signed('price') && asks('eurCentsAbove')
        ? withBounds(whens.flatMap(({ eurCentsAbove }) => eurCentsAbove ?? []))
        : [];
    list.push([
      (facts) => without(facts, 'eurCents'),
      ...euros
        .filter((eurCents) => eurCents !== '0')
        .map((eurCents): Change => (facts) => ({ ...facts, eurCents })),
    ]);
    const shortfalls =
      signed('books') && asks('shortfallAbove')
        ? withBounds(whens.flatMap(({ shortfallAbove }) => shortfallAbove ?? []))
        : [];
    list.push([
      (facts) => without(facts, 'shortfall'),
      ...shortfalls.map((shortfall): Change => (facts) => ({ ...facts, shortfall })),
    ]);
    list.push(...windows(policy));
  }
  return list;
}

/** What left in each window that something asks about, known or not, for the asset in question. */
function windows(policy: Policy): Change[][] {
  const asked = new Map<
    string,
    {
      scope: 'asset' | 'vault' | 'client' | 'destination';
      hours: number;
      of: Set<string>;
      bounds: string[];
    }
  >();
  const ask = (
    scope: 'asset' | 'vault' | 'client' | 'destination',
    hours: number,
    assets: readonly string[],
    bound: string,
  ): void => {
    const known = asked.get(`${scope} ${hours}`) ?? {
      scope,
      hours,
      of: new Set<string>(),
      bounds: [],
    };
    for (const asset of assets) known.of.add(asset);
    known.bounds.push(bound);
    asked.set(`${scope} ${hours}`, known);
  };
  for (const { asset, perDay } of policy.caps)
    if (perDay !== undefined) ask('asset', 24, [asset], perDay);
  for (const { when } of policy.rules)
    if (when.velocity)
      ask(when.velocity.scope, when.velocity.hours, when.assets ?? [], when.velocity.above);
  return [...asked.values()].map(({ scope, hours, of, bounds }) =>
    [null, ...withBounds(bounds)].map(
      (amount): Change =>
        (facts) =>
          amount === null || facts.asset === null || !of.has(facts.asset)
            ? facts
            : { ...facts, spent: [...facts.spent, { scope, hours, amount }] },
    ),
  );
}

const isParticular = (kind: IntentKind): boolean =>
  kind === 'withdrawal' || kind === 'destination-listing';

/** @throws TooMany when there are more than can be tried. */
export function bruteFacts(policy: Policy, kind: IntentKind): PolicyFacts[] {
  const base: PolicyFacts = {
    kind,
    asset: null,
    amount: null,
    tier: null,
    vault: null,
    client: null,
    destination: null,
    spent: [],
    now: '2026-05-04T00:00:00.000Z',
    ...(isCoinKind(kind) ? {} : { eurCents: null, shortfall: null }),
    ...(isParticular(kind) ? {} : { risk: null, standing: null }),
  };
  return product(dimensions(policy, kind)).map((changes) =>
    changes.reduce((facts, change) => change(facts), base),
  );
}

/** The kinds that a person with these ids completes alone. */
export function bruteKinds(
  roster: Roster,
  policy: Policy,
  ids: readonly string[],
): Set<IntentKind> {
  const kinds = new Set(policy.rules.flatMap(({ when }) => when.kinds));
  // Kinds that the same people raise have the same voices.
  const voices = new Map<string, Voice[][]>();
  return new Set(
    [...kinds].filter((kind) => {
      if (isStopKind(kind)) return false;
      const raisers = raisingRoles(kind).join();
      const sorts = voices.get(raisers) ?? voicesOf(roster, ids, kind);
      voices.set(raisers, sorts);
      const isEnough = (facts: PolicyFacts): boolean =>
        sorts.some((heard) => {
          const measured = measureVoices([policy], facts, heard);
          return measured.ok && measured.areMet;
        });
      return sorts.length > 0 && bruteFacts(policy, kind).some(isEnough);
    }),
  );
}

/** Whether the person holds parts enough for the shares of two parties. */
export function bruteRecovers({ backups = [] }: Roster, ids: readonly string[]): boolean {
  const parties = new Set<string>();
  for (const { publicKey } of backups) {
    const group = backups.filter((backup) => backup.publicKey === publicKey);
    const parts = Array.from({ length: 16 }, (_, part) => part).filter((part) =>
      group.some(({ custodians }) => ids.includes(custodians[part] ?? '')),
    );
    if (group.some(({ threshold }) => parts.length >= threshold))
      for (const { party } of group) parties.add(party);
  }
  return parties.size >= 2;
}
