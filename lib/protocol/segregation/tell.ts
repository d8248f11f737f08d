/** The counter-example in sentences that a person can follow step by step. */
import type { IntentKind } from '../intent-kinds.ts';
import { groupAt, type Roster } from '../roster.ts';
import type { NaturalPerson } from './natural-people.ts';
import type { SoloOperation } from './solo-operation.ts';
import type { Part } from './solo-quorum.ts';
import type { OpenedBackup } from './solo-recovery.ts';
import type { Speaker } from './speakers.ts';

const called: Readonly<Record<IntentKind, string>> = {
  withdrawal: 'withdrawal',
  'key-ceremony': 'key ceremony',
  'proof-of-control': 'proof of control',
  'vault-transfer': 'transfer between vaults',
  'key-refresh': 'key refresh',
  'key-repair': 'key repair',
  'key-backup': 'key backup',
  'roster-change': 'change of the roster',
  'policy-change': 'change of the policy',
  'destination-listing': 'listing of a destination',
  'destination-removal': 'removal of a destination',
  freeze: 'freeze',
  release: 'release of a freeze',
  revocation: 'revocation',
};

const doing = { raise: 'raises', approve: 'approves', cosign: 'co-signs' } as const;

type Context = { kind: IntentKind; roster: Roster; at: number };

/** Which delegation lends the group that somebody without an own one speaks for. */
function tellLoan({ entry, group }: Speaker, { roster, at }: Context): string {
  if (entry.group !== null) return '';
  const loan = roster.delegations?.find(
    (one) => one.to === entry.id && groupAt({ ...roster, delegations: [one] }, entry, at) === group,
  );
  return loan ? `, by the delegation of ${loan.from} that ends ${loan.notAfter}` : '';
}

function tellPart({ speaker, decision }: Part, of: Context): string {
  const { id, roles } = speaker.entry;
  if (decision === 'raise') return `${id} (${roles.join(', ')}) raises a ${called[of.kind]}.`;
  return `${id} ${doing[decision]} for the group ${speaker.group}${tellLoan(speaker, of)}.`;
}

/** Sentences about {@link SoloOperation}: why they are one person, then who states what. */
export function tellOperation(
  { person, kind, rule, at, parts, facts }: SoloOperation,
  roster: Roster,
): string[] {
  const unsure =
    parts === 'unsure' || facts === 'unsure'
      ? ['There are more ways than can be tried one by one, so it is taken that one of them works.']
      : [];
  return [
    ...person.links,
    ...(parts === 'unsure'
      ? [`Together they are ${person.entries.length} entries, which a ${called[kind]} may need.`]
      : parts.map((part) => tellPart(part, { kind, roster, at }))),
    `The rule "${rule.name}" (${rule.id}) asks for nobody else.`,
    ...unsure,
  ];
}

/** Sentences about {@link OpenedBackup}s: why their custodians are one person, then what opens. */
export function tellRecovery(
  { ids, links }: NaturalPerson,
  opened: readonly OpenedBackup[],
): string[] {
  const hold = `${ids.join(' and ')} ${ids.length === 1 ? 'holds' : 'hold'}`;
  return [
    ...links,
    ...opened.map(
      ({ backup: { id, threshold, party }, parts }) =>
        `${hold} ${parts} parts of the backup ${id}, which opens with ${threshold}: a share of the party ${party}.`,
    ),
    `${opened.length} shares rebuild a key whose threshold is ${opened.length}, on any machine and past every party.`,
  ];
}
