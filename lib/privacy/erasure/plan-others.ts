/**
 * What an erasure does to what is held of a person outside the vault: of every system that is searched for people, what
 * stays there, by which law and until when. Pure.
 */
import { systemNames } from '../collect/system-names.ts';
import { termsOf } from '../collect/system-retention.ts';
import type { Blocker } from './blockers.ts';
import type { ErasurePlan, Held, PlanAction, PlanLine } from './plan.ts';

/** Systems that hold what was done for the clients that somebody is. */
export const clientSystems = [
  'ledger',
  'operations',
  'destinations',
  'statements',
  'registers',
  'incidents',
] as const;
export type ClientSystem = (typeof clientSystems)[number];

/** Systems that hold what was done about somebody's own data. */
export const rightsSystems = [
  'corrections',
  'restrictions',
  'consents',
  'stops',
  'breaches',
] as const;
export type CountedSystem = ClientSystem | (typeof rightsSystems)[number] | 'files';

type Rule = {
  code: string;
  label: string;
  count: number;
  action: PlanAction;
  why: string;
  until?: string | null;
};

const byId = 'It names an id alone, which is nobody’s once the vault says nothing of it.';
const duty = 'Article 17(3)(b) GDPR.';

/** What else has to be known of what stays by ids. */
const besides: Partial<Readonly<Record<ClientSystem, string>>> = {
  ledger: 'Transactions on public chains stay there, where nobody can erase them.',
  destinations: 'Addresses stand on public chains as well, where nobody can erase them.',
};

/** A line for everything outside the vault, whether anything of it is held or not. */
export function otherRules(
  held: Held,
  blockers: readonly Blocker[],
  outcome: ErasurePlan['outcome'],
): PlanLine[] {
  const goes = outcome !== 'nothing';
  const until = recordsUntil(held.ownClients, blockers);
  const rules: Rule[] = [
    {
      code: 'hashes',
      label: 'Search hashes',
      count: held.hashes,
      action: goes ? 'delete' : 'keep',
      why: goes ? 'Nobody is found by what was erased.' : 'They find what stays.',
    },
    {
      code: 'texts',
      label: systemNames.texts,
      count: held.texts,
      action: goes ? 'black-out' : 'keep',
      why: goes
        ? 'What of it is erased is blacked out. Reports and notifications that were signed for an authority stay as they are (Article 17(3)(b) GDPR), and so do reasons of a legal hold while it stands (Article 17(3)(e) GDPR).'
        : 'What they say of the person stays with the rest.',
    },
    {
      code: 'packages',
      label: 'Packages for the person',
      count: held.packages,
      action: goes ? 'destroy' : 'keep',
      why: goes
        ? 'Copies of what is erased go with it, with their keys.'
        : 'They go thirty days after the last answer (Article 5(1)(e) GDPR).',
    },
    ...clientSystems.map((code) => ({
      code,
      label: systemNames[code],
      count: held.systems[code],
      action: 'keep' as const,
      why: [duty, ...termsOf(code), byId, besides[code]].filter(Boolean).join(' '),
      until: code === 'incidents' ? null : until,
    })),
    {
      code: 'looks',
      label: systemNames.looks,
      count: held.looks,
      action: 'keep',
      why: [...termsOf('looks'), byId].join(' '),
    },
    {
      code: 'ties',
      label: systemNames.ties,
      count: held.ties,
      action: 'keep',
      why: [duty, ...termsOf('ties'), byId].join(' '),
    },
    {
      code: 'requests',
      label: 'Files of requests',
      count: held.requests,
      action: goes ? 'black-out' : 'keep',
      why: goes
        ? 'What of it is erased is blacked out, files that were sent go, and nobody is found by them. The address for the answer goes when the answer and what recipients are told is on record. What was done and decided stays for three years after the answer, for legal claims (Article 17(3)(e) GDPR).'
        : 'They prove how requests were answered, and are kept for three years after the answer (Article 17(3)(e) GDPR).',
    },
    {
      code: 'files',
      label: systemNames.files,
      count: held.systems.files,
      action: goes ? 'delete' : 'keep',
      why: goes
        ? 'Files that were sent go with it; that there was one stays with its request.'
        : 'They are kept with their requests for three years after the answer (Article 17(3)(e) GDPR).',
    },
    ...rightsSystems.map((code) => ({
      code,
      label: systemNames[code],
      count: held.systems[code],
      action: 'keep' as const,
      why: [
        'It proves how rights were respected (Article 5(2) and 17(3)(e) GDPR).',
        ...termsOf(code),
        byId,
      ].join(' '),
    })),
    {
      code: 'acts',
      label: 'What the person signed',
      count: held.acts,
      action: 'keep',
      why: `Who approved what stays while its record is kept (Article 17(3)(b) GDPR). ${byId}`,
    },
    {
      code: 'access',
      label: 'Security keys and sessions',
      count: held.access,
      action: 'keep',
      why: `Public keys prove what was signed (Article 17(3)(b) GDPR). ${byId}`,
    },
  ];
  return rules.map((rule) => ({ of: 'other', isWithheld: false, until: null, ...rule }));
}

/** Until when records of services for these clients stay by law; null where no day ends that, or it has ended. */
function recordsUntil(clients: readonly string[], blockers: readonly Blocker[]): string | null {
  const own = blockers.filter(
    ({ code, about }) =>
      (code === 'relationship' || code === 'records') && about !== null && clients.includes(about),
  );
  if (own.some(({ endsOn }) => endsOn === null)) return null;
  return (
    own
      .flatMap(({ endsOn }) => endsOn ?? [])
      .toSorted()
      .at(-1) ?? null
  );
}
