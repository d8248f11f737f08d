import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keyWords } from '#lib/protocol/fingerprints.ts';
import { rosterChangeIntent, type RosterChangeIntent } from '#lib/protocol/intent.ts';
import {
  findRosterFault,
  group,
  role,
  type Roster,
  type RosterPerson,
} from '#lib/protocol/roster.ts';
import { operationId, personId } from '#lib/protocol/scalars.ts';
import { digestWords } from '#lib/protocol/words.ts';
import type { StatementRequest } from './issue-statement.ts';
import { beforeGenesis, prepareRaise } from './prepare-raise.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { loadTrust } from './trust.ts';

const admissionForm = z.strictObject({ operation: operationId, operator: personId });

type OperatorWithKeys = Prisma.OperatorGetPayload<{ include: { credentials: true } }>;

/** The roster's entry for a person, from what they registered. */
export function rosterPersonOf(operator: OperatorWithKeys): RosterPerson {
  return {
    id: operator.id,
    roles: operator.roles.map((name) => role.parse(name)),
    group: group.nullable().parse(operator.group),
    credentials: operator.credentials
      .filter((credential) => credential.status !== 'revoked')
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((credential) => ({
        id: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        backupEligible: credential.backupEligible,
        software: credential.software,
        notAfter: null,
        revokedAt: null,
      })),
  };
}

/** The next roster: the one in force with this person added. */
export function rosterWith(current: Roster, currentDigest: string, person: RosterPerson): Roster {
  return {
    ...current,
    version: current.version + 1,
    previous: currentDigest,
    people: [...current.people.filter(({ id }) => id !== person.id), person],
  };
}

/** What the statement says, read from the very intent that is signed. */
export type AdmissionReview = {
  rosterVersion: number;
  /** Words of the intent's digest, as approvers and parties see them. */
  words: string[];
  /** Credential ids with the words of the public keys that will count. */
  keys: { id: string; words: string[] }[];
};

function reviewOf(intent: RosterChangeIntent, person: string, digest: string): AdmissionReview {
  const admitted = intent.roster.people.find(({ id }) => id === person);
  return {
    rosterVersion: intent.roster.version,
    words: digestWords(digest),
    keys: (admitted?.credentials ?? []).map(({ id, publicKey }) => ({
      id,
      words: keyWords(new Uint8Array(Buffer.from(publicKey, 'base64url'))),
    })),
  };
}

/** Gives out the raise statement that admits an enrolled person's keys to the roster. */
export async function prepareAdmission(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ request: StatementRequest; review: AdmissionReview }>> {
  const refused = lacksRaiseScope(actor, 'roster-change');
  if (refused) return refused;
  const form = admissionForm.safeParse(input);
  if (!form.success) return refuse('form-invalid', 'Choose a person who has registered a key.');
  const operator = await context.db.operator.findUnique({
    where: { id: form.data.operator },
    include: { credentials: true },
  });
  if (operator?.status !== 'pending')
    return refuse('operator-not-pending', 'This person is not waiting for admission.');
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const roster = rosterWith(trust.roster, trust.rosterDigest, rosterPersonOf(operator));
  const fault = findRosterFault(roster);
  if (fault)
    return refuse(
      'roster-fault',
      `The roster would not be sound with this person: ${fault.replaceAll('-', ' ')}.`,
    );
  const intent = rosterChangeIntent.parse({
    type: 'countersign/intent/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    operation: form.data.operation,
    notAfter: new Date(
      context.clock().getTime() + trust.policy.lifetimes['roster-change'] * 1000,
    ).toISOString(),
    kind: 'roster-change',
    roster,
  });
  const request = await prepareRaise(actor, { intent, note: null, attempt: 1 }, trust, context);
  if (!request.ok) return request;
  const review = reviewOf(intent, operator.id, request.value.request.digest);
  return ok({ request: request.value.request, review });
}
