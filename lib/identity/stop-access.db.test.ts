import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditOf } from '#lib/audit/queries.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { listen, type Notice } from '#lib/platform/db/notify.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import type { Actor } from './actor.ts';
import { beginSignIn } from './begin-sign-in.ts';
import { endPersonSessions } from './end-person-sessions.ts';
import { finishSignIn } from './finish-sign-in.ts';
import type { InvitationForm } from './invite-operator.ts';
import { readEnrolment } from './read-enrolment.ts';
import { redeemTicket } from './redeem-ticket.ts';
import { resolveSession } from './sessions.ts';
import { stopKey } from './stop-key.ts';
import { suspendOperator } from './suspend-operator.ts';
import {
  admit,
  enrol,
  invite,
  signIn,
  takeTicket,
  testContext,
  valueOf,
  type Enrolled,
  type TestContext,
} from './testing/people.ts';

let database: TestDatabase;
let owner: Database;
let context: TestContext;
let administrator: Actor;
let administratorKey: Enrolled;

const plain: InvitationForm = { displayName: 'Marek Kowalski', roles: ['auditor'], group: null };

async function employ(form?: InvitationForm): Promise<Enrolled> {
  const person = await enrol(context, form);
  await admit(owner, person);
  return person;
}

beforeEach(async () => {
  database = await createTestDatabase();
  owner = database.connect('owner');
  context = testContext(database.connect('web'));
  administratorKey = await employ();
  administrator = (await signIn(context, administratorKey)).actor;
  const document = '{}';
  const digest = createHash('sha256').update(document).digest('hex');
  await owner.rosterVersion.create({ data: { version: 1, digest, document } });
});
afterEach(() => database.drop());

const stop = (person: Enrolled, by = administrator, lastAdministrator = false) =>
  stopKey(
    by,
    { credential: person.key.credentialId, reason: 'stolen', lastAdministrator },
    context,
  );
const suspend = (operator: string, by = administrator, lastAdministrator = false) =>
  suspendOperator(by, { operator, reason: 'left', lastAdministrator }, context);
const endAll = (operator: string, by = administrator) =>
  endPersonSessions(by, { operator, reason: 'precaution' }, context);

async function trySignIn({ key }: Pick<Enrolled, 'key'>) {
  const { nonce, options } = valueOf(await beginSignIn(context));
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return finishSignIn({ nonce, assertion }, context);
}
const kinds = async (subject: string) =>
  (await auditOf(context.db, { subject })).entries.map(({ kind, actor }) => [kind, actor]);

describe('a key that is stopped', () => {
  it('ends the sessions opened with it at once, opens none, and is in the trail', async () => {
    const person = await employ(plain);
    const { secret } = await signIn(context, person);
    expect(valueOf(await stop(person))).toEqual({ sessionsEnded: 1 });
    expect(await resolveSession(secret, context)).toBeNull();
    expect(await trySignIn(person)).toMatchObject({ refusal: { code: 'unknown-credential' } });
    const [newest] = (await auditOf(context.db, { subject: person.operatorId })).entries;
    expect(newest).toMatchObject({
      kind: 'key-stopped',
      actor: administrator.personId,
      facts: { credential: person.key.credentialId, reason: 'stolen', sessionsEnded: 1 },
    });
  });

  it('opens no session with a ticket taken before', async () => {
    const person = await employ(plain);
    const ticket = await takeTicket(context, person);
    valueOf(await stop(person));
    expect(await redeemTicket(ticket, context)).toBeNull();
  });

  it('stays stopped, and is stopped once', async () => {
    const person = await employ(plain);
    valueOf(await stop(person));
    expect(await stop(person)).toMatchObject({ refusal: { code: 'key-stopped-already' } });
  });
});

describe('a person who is suspended', () => {
  it('is out at once and cannot come back with any key', async () => {
    const person = await employ(plain);
    const { secret } = await signIn(context, person);
    expect(valueOf(await suspend(person.operatorId))).toEqual({ sessionsEnded: 1 });
    expect(await resolveSession(secret, context)).toBeNull();
    expect(await trySignIn(person)).toMatchObject({ refusal: { code: 'suspended' } });
    expect(await kinds(person.operatorId)).toContainEqual([
      'operator-suspended',
      administrator.personId,
    ]);
  });

  it('loses the enrolment link that was still open', async () => {
    const { operatorId, token } = await invite(context, plain);
    valueOf(await suspend(operatorId));
    expect((await readEnrolment(token, context)).ok).toBe(false);
  });
});

describe('the sessions of somebody else', () => {
  it('end all together, and the person may sign in again', async () => {
    const person = await employ(plain);
    const sessions = [await signIn(context, person), await signIn(context, person)];
    const ticket = await takeTicket(context, person);
    expect(valueOf(await endAll(person.operatorId))).toEqual({ sessionsEnded: 2 });
    for (const { secret } of sessions) expect(await resolveSession(secret, context)).toBeNull();
    expect(await redeemTicket(ticket, context)).toBeNull();
    expect(await resolveSession((await signIn(context, person)).secret, context)).not.toBeNull();
    expect(await kinds(person.operatorId)).toContainEqual([
      'sessions-ended',
      administrator.personId,
    ]);
  });

  it('tell their event streams when they end', async () => {
    const person = await employ(plain);
    const { actor } = await signIn(context, person);
    const heard = Promise.withResolvers<Notice>();
    const subscription = await listen(database.urls.web, (notice) => {
      if (notice.topic === 'sessions') heard.resolve(notice);
    });
    valueOf(await endAll(person.operatorId));
    expect(await heard.promise).toEqual({ topic: 'sessions', id: actor.sessionId });
    await subscription.close();
  });
});

describe('who may stop', () => {
  it('is any officer and any administrator, and nobody else', async () => {
    const target = await employ(plain);
    const auditor = (await signIn(context, await employ(plain))).actor;
    for (const answer of [
      await stop(target, auditor),
      await suspend(target.operatorId, auditor),
      await endAll(target.operatorId, auditor),
    ])
      expect(answer).toMatchObject({ refusal: { code: 'not-allowed' } });
    const officer = await employ({ ...plain, roles: ['officer'], group: 'custody' });
    valueOf(await stop(target, (await signIn(context, officer)).actor));
  });
});

describe('the last administrator', () => {
  it('is taken away only by somebody who says that they know', async () => {
    expect(await suspend(administrator.personId)).toMatchObject({
      refusal: { code: 'last-administrator' },
    });
    expect(await stop(administratorKey)).toMatchObject({
      refusal: { code: 'last-administrator' },
    });
    valueOf(await suspend(administrator.personId, administrator, true));
  });

  it('is not forgotten when two administrators suspend each other at the same moment', async () => {
    const second = await employ();
    const other = (await signIn(context, second)).actor;
    const answers = await Promise.all([
      suspend(second.operatorId),
      suspend(administrator.personId, other),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });
});
