/** Attacks on who counts: forged people, keys, rosters and policies. */
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import { policy as policySchema, type Policy } from '#lib/protocol/policy.ts';
import {
  roster as rosterSchema,
  type Group,
  type Roster,
  type RosterPerson,
} from '#lib/protocol/roster.ts';
import type { SoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { newSoftwareKey } from '../../colleagues/key-ring.ts';
import { NOT_ALLOWED, type Attack } from './attack.ts';
import { query } from './books.ts';
import {
  insertStatement,
  passForComplete,
  type Field,
  type InForce,
  type Op,
  type Sql,
} from './field.ts';

export type Forged = { id: string; group: Group; key: SoftwareAuthenticator };

const FORGED_IDS: Readonly<Record<Group, string>> = {
  control: 'p-aaaaaaaaaa',
  custody: 'p-bbbbbbbbbb',
  recovery: 'p-cccccccccc',
};

export const forgedPerson = (group: Group, key: SoftwareAuthenticator): Forged => ({
  id: FORGED_IDS[group],
  group,
  key,
});

/** As a roster would list the forged person. */
export const rosterEntry = ({ id, group, key }: Forged): RosterPerson => ({
  id,
  roles: ['officer'],
  group,
  credentials: [
    {
      id: key.credentialId,
      publicKey: Buffer.from(key.publicKey).toString('base64url'),
      backupEligible: false,
      software: true,
      notAfter: null,
      revokedAt: null,
    },
  ],
});

/** Two people who don't exist, one for each group that has to state. */
const forgedPeople = (field: Field): readonly [Forged, Forged] => [
  forgedPerson('control', newSoftwareKey(field.stack.settings.rpId)),
  forgedPerson('custody', newSoftwareKey(field.stack.settings.rpId)),
];

const insertPerson = ({ id, group }: Forged): Sql => [
  `insert into operator (id, roles, "group", status)
     values ($1, '{officer}', $2, 'active') on conflict do nothing`,
  id,
  group,
];

type Table = keyof InForce;

const insertKey = (operator: string, key: SoftwareAuthenticator): Sql => [
  `insert into credential (id, operator_id, public_key, sign_count, backup_eligible, backed_up,
     aaguid, format, attestation, label, status)
   values ($1, $2, $3, 0, false, false, '00000000-0000-0000-0000-000000000000', 'none', '', 'Key', 'active')`,
  key.credentialId,
  operator,
  Buffer.from(key.publicKey),
];

const statedBy = (
  field: Field,
  op: Op,
  [approver, cosigner]: readonly { id: string; key: SoftwareAuthenticator }[],
  versions: { rosterVersion?: number; policyVersion?: number } = {},
): Sql[] => [
  ...(approver ? [insertStatement(field.sign(op, approver, 'approve', versions))] : []),
  ...(cosigner ? [insertStatement(field.sign(op, cosigner, 'cosign', versions))] : []),
  ...passForComplete(op.id),
];

const raised = (field: Field): Promise<Op> => field.raised();

async function document(field: Field, table: Table): Promise<unknown> {
  const [row] = await query<{ document: string }>(
    field.stack.ownerUrl,
    `select document from ${table} where version = $1`,
    [field.inForce[table]],
  );
  return JSON.parse(row?.document ?? '');
}

const withForged = (roster: Roster, forged: readonly Forged[]): Roster => ({
  ...roster,
  people: [...roster.people, ...forged.map(rosterEntry)],
});

/** A policy under which an approver is enough. */
const lax = (policy: Policy): Policy => ({
  ...policy,
  rules: policy.rules.map((rule) => ({
    ...rule,
    outcome: { effect: 'allow', needs: [{ group: 'control', decision: 'approve', people: 1 }] },
  })),
});

const laterVersion = (field: Field, table: Table): number => field.inForce[table] + 1;

const insertVersion = (field: Field, table: Table, said: unknown): Sql => [
  `insert into ${table} (version, digest, document) values ($1, $2, $3)`,
  laterVersion(field, table),
  digestOf(said),
  canonicalize(said),
];

const replaceVersion = (field: Field, table: Table, said: unknown): Sql => [
  `update ${table} set digest = $1, document = $2 where version = $3`,
  digestOf(said),
  canonicalize(said),
  field.inForce[table],
];

const removeVersion = (table: Table) => (field: Field) =>
  field.asOwner([`delete from ${table} where version = $1`, laterVersion(field, table)]);

const refusedVersion =
  (table: Table): NonNullable<Attack['refused']> =>
  (_op, field) => [
    [NOT_ALLOWED, ...insertVersion(field, table, {})],
    [NOT_ALLOWED, ...replaceVersion(field, table, {})],
  ];

const truth = new WeakMap<Op, unknown>();

/** The version in force as it was goes back where the attacker's stood. */
const restoreVersion = (table: Table) => (field: Field, op: Op) =>
  field.asOwner(replaceVersion(field, table, truth.get(op)));

async function remember(field: Field, op: Op, table: Table): Promise<unknown> {
  const said = await document(field, table);
  truth.set(op, said);
  return said;
}

export const attacksOnTrust: readonly Attack[] = [
  {
    name: 'people and keys that exist in the database alone',
    prepare: raised,
    refused: (_op, field) => {
      const [forged] = forgedPeople(field);
      return [[NOT_ALLOWED, ...insertPerson(forged)]];
    },
    strike: (field, op) => {
      const forged = forgedPeople(field);
      return field.asOwner(
        ...forged.map(insertPerson),
        ...forged.map(({ id, key }) => insertKey(id, key)),
        ...statedBy(field, op, forged),
      );
    },
    refusal: 'person-unknown',
  },
  {
    name: 'keys of the attacker under the names of real people',
    prepare: raised,
    refused: (_op, field) => {
      const [{ key }] = forgedPeople(field);
      return [[NOT_ALLOWED, ...insertKey(field.person('marek').id, key)]];
    },
    strike: (field, op) => {
      const [control, custody] = forgedPeople(field);
      const claimed = [
        { id: field.person('marek').id, key: control.key },
        { id: field.person('ines').id, key: custody.key },
      ];
      return field.asOwner(
        ...claimed.map(({ id, key }) => insertKey(id, key)),
        ...statedBy(field, op, claimed),
      );
    },
    refusal: 'credential-unknown',
  },
  {
    name: 'a later roster with people of the attacker in it',
    prepare: raised,
    refused: refusedVersion('roster_version'),
    strike: async (field, op) => {
      const roster = rosterSchema.parse(await document(field, 'roster_version'));
      const forged = forgedPeople(field);
      const next = {
        ...withForged(roster, forged),
        version: laterVersion(field, 'roster_version'),
        previous: digestOf(roster),
      };
      await field.asOwner(
        ...forged.map(insertPerson),
        insertVersion(field, 'roster_version', next),
        ...statedBy(field, op, forged, { rosterVersion: next.version }),
      );
    },
    refusal: 'roster-version-unknown',
    undo: removeVersion('roster_version'),
  },
  {
    name: 'the roster in force with people of the attacker written into it',
    prepare: raised,
    strike: async (field, op) => {
      const roster = rosterSchema.parse(await remember(field, op, 'roster_version'));
      const forged = forgedPeople(field);
      await field.asOwner(
        ...forged.map(insertPerson),
        replaceVersion(field, 'roster_version', withForged(roster, forged)),
        ...statedBy(field, op, forged),
      );
    },
    refusal: 'person-unknown',
    undo: restoreVersion('roster_version'),
  },
  {
    name: 'a later policy under which an approver is enough',
    prepare: raised,
    refused: refusedVersion('policy_version'),
    strike: async (field, op) => {
      const policy = policySchema.parse(await document(field, 'policy_version'));
      const next = {
        ...lax(policy),
        version: laterVersion(field, 'policy_version'),
        previous: digestOf(policy),
      };
      await field.asOwner(
        insertVersion(field, 'policy_version', next),
        ...statedBy(field, op, [field.person('marek')], { policyVersion: next.version }),
      );
    },
    refusal: 'policy-version-unknown',
    undo: removeVersion('policy_version'),
  },
  {
    name: 'the policy in force rewritten so that an approver is enough',
    prepare: raised,
    strike: async (field, op) => {
      const policy = policySchema.parse(await remember(field, op, 'policy_version'));
      await field.asOwner(
        replaceVersion(field, 'policy_version', lax(policy)),
        ...statedBy(field, op, [field.person('marek')]),
      );
    },
    refusal: 'statements-incomplete',
    undo: restoreVersion('policy_version'),
  },
];
