/**
 * Who may do what: one table, enforced by use cases and read by screens. Whose statement moves
 * which party is not decided here but by the roster's groups.
 */
import type { Role } from '#lib/protocol/roster.ts';

export const scopes = [
  'operation:read',
  'operation:raise',
  'operation:decide',
  'vault:read',
  'ledger:read',
  'operator:read',
  'operator:invite',
  'operator:stop',
  'roster:raise',
  'destination:raise',
  'key:raise',
  'policy:raise',
  'stop:raise',
  'position:issue',
  'reconciliation:read',
  'reconciliation:run',
  'break:comment',
  'break:close',
  'correction:raise',
  'correction:approve',
  'bank:write',
  'proof:request',
  'client:read',
  'client:write',
  'incident:read',
  'incident:report',
  'incident:work',
  'incident:classify',
  'report:raise',
  'report:approve',
  'entity:write',
  'resilience:read',
  'resilience:write',
  'board:sign',
  'privacy:read',
  'privacy:work',
  'privacy:decide',
  'privacy:approve',
  'person:view',
  'person:write',
  'suspicion:read',
] as const;
export type Scope = (typeof scopes)[number];

const everyoneReads: readonly Scope[] = [
  'operation:read',
  'vault:read',
  'ledger:read',
  'operator:read',
  'reconciliation:read',
  'break:comment',
  'incident:read',
  'resilience:read',
];
/** Whoever sees something go wrong says so. */
const everyoneReports: readonly Scope[] = ['incident:report'];

const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  officer: [
    ...everyoneReads,
    'operation:raise',
    'operation:decide',
    'operator:stop',
    'roster:raise',
    'destination:raise',
    'key:raise',
    'policy:raise',
    'stop:raise',
    'position:issue',
    'reconciliation:run',
    'break:close',
    'correction:raise',
    'correction:approve',
    'bank:write',
    'proof:request',
    'client:read',
    'client:write',
    ...everyoneReports,
    'incident:work',
    'incident:classify',
    'report:raise',
    'report:approve',
    'privacy:approve',
    'person:view',
    // Who does due diligence on clients may note a suspicion, and hands it on: to keep assets nobody has to read one.
    'person:write',
  ],
  administrator: [
    ...everyoneReads,
    ...everyoneReports,
    'incident:work',
    'resilience:write',
    'operator:invite',
    'operator:stop',
    'roster:raise',
    'policy:raise',
    'stop:raise',
    'reconciliation:run',
  ],
  dpo: [
    'operation:read',
    'operator:read',
    'client:read',
    'incident:read',
    'resilience:read',
    ...everyoneReports,
    'incident:work',
    'privacy:read',
    'privacy:work',
    'person:view',
    'person:write',
    'suspicion:read',
  ],
  manager: [
    ...everyoneReads,
    'reconciliation:run',
    'break:close',
    'correction:raise',
    'correction:approve',
    'proof:request',
    'client:read',
    'client:write',
    ...everyoneReports,
    'incident:work',
    'incident:classify',
    'report:raise',
    'report:approve',
    'entity:write',
    'resilience:write',
    'board:sign',
    'privacy:read',
    // Who decides on a request about personal data is not who advises on it (GDPR Art 38(6)).
    'privacy:decide',
    'privacy:approve',
    'person:view',
    // No role is for compliance alone: managers decide on what stands against a right, and answer for what was reported.
    'suspicion:read',
  ],
  auditor: [...everyoneReads, 'position:issue', 'proof:request', 'client:read', 'privacy:read'],
};

/** Role names as people read them. */
export const roleNames: Readonly<Record<Role, string>> = {
  officer: 'Custody officer',
  administrator: 'Administrator',
  dpo: 'Data protection officer',
  manager: 'Manager',
  auditor: 'Auditor',
};

const rolePlurals: Readonly<Record<Role, string>> = {
  officer: 'custody officers',
  administrator: 'administrators',
  dpo: 'data protection officers',
  manager: 'managers',
  auditor: 'auditors',
};

/** Whom a scope is for, as people read it: "custody officers and administrators". */
export function whoMay(scope: Scope): string {
  const names = Object.entries(scopesOfRole)
    .filter(([, granted]) => granted.includes(scope))
    .map(([role]) => rolePlurals[role as Role]);
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
}

/** The scopes of a set of roles; a role that isn't in the table gives none. */
export function scopesOf(roles: readonly string[]): ReadonlySet<Scope> {
  return new Set(
    roles.flatMap((role) => (Object.hasOwn(scopesOfRole, role) ? scopesOfRole[role as Role] : [])),
  );
}
