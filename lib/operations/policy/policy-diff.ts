/** What one policy changes of another, in words, for people who test, raise and approve it. Pure. */
import type { Policy, PolicyRule } from '#lib/protocol/policy.ts';
import type { TimedKind } from '#lib/protocol/intent-kinds.ts';
import { describeWhen } from '../describe-conditions.ts';
import { describeExtras, describeNeed, describeRule } from '../describe-policy.ts';
import {
  amountText,
  capitalised,
  factNames,
  inWords,
  kindPlurals,
  spanText,
} from '../policy-words.ts';

export type PolicyChange = {
  how: 'added' | 'changed' | 'moved' | 'removed';
  /** The thing: a rule by its name, a bound, a wait. */
  what: string;
  lines: string[];
};

/** Equal whatever the order of the members. */
const isSame = (before: unknown, after: unknown): boolean => stable(before) === stable(after);

function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${stable(member)}`);
  return `{${members.join(',')}}`;
}

const ruleTitle = ({ name }: PolicyRule): string => `rule “${name}”`;

/** What a rule asks for, as a clause: "asks for one approver of Control". */
function asks({ outcome }: PolicyRule): string {
  if (outcome.effect === 'deny') return `refuses: ${outcome.reason}`;
  const extras = describeExtras(outcome);
  return [`asks for ${inWords(outcome.needs.map(describeNeed))}`, ...extras].join('. ');
}

const wasAndIs = (what: string, was: string, is: string): string[] =>
  was === is
    ? [`${what}: the same words, put down in another way.`]
    : [`${what} was: ${was}`, `${what} is now: ${is}`];

function ruleLines(before: PolicyRule, after: PolicyRule): string[] {
  const lines: string[] = [];
  if (before.name !== after.name) lines.push(`Its name was “${before.name}”.`);
  if (!isSame(before.when, after.when))
    lines.push(
      ...wasAndIs('About', `${describeWhen(before.when)}.`, `${describeWhen(after.when)}.`),
    );
  if (!isSame(before.outcome, after.outcome))
    lines.push(...wasAndIs('Answer', asks(before), asks(after)));
  return lines;
}

/** Ids that kept their order among each other: a longest rising run of old places. */
function stayed(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const places = after.map((id) => before.indexOf(id));
  const best = places.map(() => 1);
  const from = places.map(() => -1);
  for (const [index, place] of places.entries())
    for (let earlier = 0; earlier < index; earlier += 1)
      if ((places[earlier] ?? 0) < place && (best[earlier] ?? 0) + 1 > (best[index] ?? 0)) {
        best[index] = (best[earlier] ?? 0) + 1;
        from[index] = earlier;
      }
  const kept = new Set<string>();
  for (let at = best.indexOf(Math.max(...best)); at >= 0; at = from[at] ?? -1)
    kept.add(after[at] ?? '');
  return kept;
}

function ruleChanges(before: readonly PolicyRule[], after: readonly PolicyRule[]): PolicyChange[] {
  const had = new Map(before.map((rule, place) => [rule.id, { rule, place }]));
  const has = new Set(after.map(({ id }) => id));
  const kept = (rules: readonly PolicyRule[], other: { has: (id: string) => boolean }) =>
    rules.map(({ id }) => id).filter((id) => other.has(id));
  const inPlace = stayed(kept(before, has), kept(after, had));
  const changes = after.flatMap((rule, place): PolicyChange[] => {
    const old = had.get(rule.id);
    const what = ruleTitle(rule);
    if (!old)
      return [
        {
          how: 'added',
          what,
          lines: [describeRule(rule), `It stands as rule ${place + 1} of ${after.length}.`],
        },
      ];
    const moved = inPlace.has(rule.id)
      ? []
      : [`It moves from place ${old.place + 1} to place ${place + 1}.`];
    const lines = ruleLines(old.rule, rule);
    if (lines.length > 0) return [{ how: 'changed', what, lines: [...lines, ...moved] }];
    return moved.length > 0 ? [{ how: 'moved', what, lines: moved }] : [];
  });
  const gone = before
    .filter(({ id }) => !has.has(id))
    .map((rule): PolicyChange => ({
      how: 'removed',
      what: ruleTitle(rule),
      lines: [describeRule(rule)],
    }));
  return [...changes, ...gone];
}

/** A thing with a text on either side; null where it is not there. */
function thing(what: string, was: string | null, is: string | null): PolicyChange[] {
  if (was === is) return [];
  if (was === null) return [{ how: 'added', what, lines: [`${capitalised(is ?? '')}.`] }];
  if (is === null) return [{ how: 'removed', what, lines: [`Was: ${was}.`] }];
  return [{ how: 'changed', what, lines: [`Was: ${was}.`, `Is now: ${is}.`] }];
}

/** Compares two lists name by name. */
function byName<T>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (item: T) => string,
  textOf: (item: T) => string,
  title: (name: string) => string,
): PolicyChange[] {
  const find = (list: readonly T[], name: string): string | null => {
    const item = list.find((one) => nameOf(one) === name);
    return item === undefined ? null : textOf(item);
  };
  return [...new Set([...before, ...after].map(nameOf))].flatMap((name) =>
    thing(title(name), find(before, name), find(after, name)),
  );
}

type Cap = Policy['caps'][number];
const capText = ({ asset, perOperation, perDay }: Cap): string =>
  `at most ${amountText(perOperation, asset)} in one withdrawal${
    perDay === undefined
      ? ', with no bound over a day'
      : ` and ${amountText(perDay, asset)} in any 24 hours`
  }`;

const orNone = (seconds: number | undefined): string | null =>
  seconds === undefined ? null : spanText(seconds);

function boundChanges(before: Policy, after: Policy): PolicyChange[] {
  const assetOf = ({ asset }: { asset: string }): string => asset;
  return [
    ...byName(before.caps, after.caps, assetOf, capText, (asset) => `cap for ${asset}`),
    ...byName(
      before.book?.firstUseCaps ?? [],
      after.book?.firstUseCaps ?? [],
      assetOf,
      ({ amount, asset }) => `at most ${amountText(amount, asset)}`,
      (asset) => `bound of the first payment of ${asset}`,
    ),
    ...byName(
      before.keyCaps ?? [],
      after.keyCaps ?? [],
      assetOf,
      ({ perDay, asset }) => `at most ${amountText(perDay, asset)} in any 24 hours`,
      (asset) => `bound of ${asset} under one key`,
    ),
    ...thing('audit of the signing code', auditText(before), auditText(after)),
  ];
}

const auditText = ({ audit }: Policy): string | null =>
  audit ? `finished on ${audit.finishedAt.slice(0, 10)}, report ${audit.reportDigest}` : null;

function waitChanges(before: Policy, after: Policy): PolicyChange[] {
  const { book: had } = before;
  const { book: has } = after;
  return [
    ...thing('time-lock', orNone(before.timeLockSeconds), orNone(after.timeLockSeconds)),
    ...thing(
      'cool-down of a destination',
      orNone(had?.coolDownSeconds),
      orNone(has?.coolDownSeconds),
    ),
    ...thing(
      'certification of a destination',
      orNone(had?.validitySeconds),
      orNone(has?.validitySeconds),
    ),
  ];
}

const sourceChanges = (before: Policy, after: Policy): PolicyChange[] =>
  byName(
    before.sources ?? [],
    after.sources ?? [],
    ({ name }) => name,
    ({ fact, publicKey, maxAgeSeconds }) =>
      `${factNames[fact]}, at most ${spanText(maxAgeSeconds)} old, signed by key ${publicKey}`,
    (name) => `source “${name}”`,
  );

const vaultChanges = (before: Policy, after: Policy): PolicyChange[] =>
  byName(
    before.ownVaults ?? [],
    after.ownVaults ?? [],
    ({ vault }) => vault,
    ({ chain, address, receipts = [] }) =>
      `address ${address} on ${chain}${
        receipts.length > 0 ? `, vouched for by ${inWords(receipts.map(({ party }) => party))}` : ''
      }`,
    (vault) => `own vault ${vault}, for parties that hold no share of it`,
  );

const coldText = ({ coldWithdrawalSeconds }: Policy): string =>
  coldWithdrawalSeconds === undefined
    ? 'as long as for any withdrawal'
    : spanText(coldWithdrawalSeconds);

const lifetimeChanges = (before: Policy, after: Policy): PolicyChange[] => [
  ...(Object.keys(after.lifetimes) as TimedKind[]).flatMap((kind) =>
    thing(
      `how long statements about ${kindPlurals[kind]} count`,
      spanText(before.lifetimes[kind]),
      spanText(after.lifetimes[kind]),
    ),
  ),
  ...thing(
    'how long statements about withdrawals from cold vaults count',
    coldText(before),
    coldText(after),
  ),
];

/** Version and predecessor aside; the order of lists other than the rules says nothing. */
export function policyDiff(before: Policy, after: Policy): PolicyChange[] {
  return [
    ...ruleChanges(before.rules, after.rules),
    ...boundChanges(before, after),
    ...waitChanges(before, after),
    ...sourceChanges(before, after),
    ...vaultChanges(before, after),
    ...lifetimeChanges(before, after),
  ];
}
