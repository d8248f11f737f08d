/**
 * What an attacker of the fault tests has: the web server's database role, and for the worst cases
 * the owner's with every guard of the database out of the way. And what people have: their keys.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import {
  canonicalize,
  intentDigest,
  withdrawalIntent,
  type WithdrawalIntent,
} from '#lib/protocol/intent.ts';
import type { SoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import {
  challengeOf,
  type AssertionJson,
  type Decision,
  type Statement,
} from '#lib/protocol/statement.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import { loadKeyRing, type KeyRingEntry } from '../../colleagues/key-ring.ts';
import { findGround, query, type Ground } from './books.ts';
import { waitForEnd, type End } from './outcome.ts';
import { state } from './people.ts';
import type { Stack } from './stack.ts';

/** An operation as it was raised, whatever becomes of its row. */
export type Op = { id: string; intent: WithdrawalIntent; digest: string };

/** A statement with the key press over it, as the console would record it. */
export type Signed = { statement: Statement; assertion: AssertionJson };

/** Version numbers, by the table that keeps the documents. */
export type InForce = Readonly<Record<'roster_version' | 'policy_version', number>>;

export type Sql = readonly [text: string, ...values: unknown[]];

const AMOUNT = '0.1';
/** Triggers that fire even where the ordinary ones are switched off. */
const ALWAYS: Readonly<Record<string, string>> = {
  operation_statement: 'append_only',
  roster_version: 'append_only',
  policy_version: 'append_only',
  chain_transaction: 'never_removed',
  hold: 'append_only',
  hold_resolution: 'append_only',
};

async function inOne(url: string, statements: readonly Sql[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin');
    for (const [text, ...values] of statements) await client.query(text, values);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

export class Field {
  readonly stack: Stack;
  readonly ground: Ground;
  /** An address of the attacker's. */
  readonly thief = freshKey().address;
  /** Versions that the sample organisation has come to; nothing here changes what is in force. */
  readonly inForce: InForce;
  readonly #ring: readonly KeyRingEntry[];

  private constructor(
    stack: Stack,
    has: { ground: Ground; inForce: InForce; ring: readonly KeyRingEntry[] },
  ) {
    this.stack = stack;
    this.ground = has.ground;
    this.inForce = has.inForce;
    this.#ring = has.ring;
  }

  static async open(stack: Stack): Promise<Field> {
    const [inForce] = await query<InForce>(
      stack.ownerUrl,
      `select (select max(version) from roster_version) as "roster_version",
        (select max(version) from policy_version) as "policy_version"`,
    );
    if (!inForce) throw new Error('The database gave no answer.');
    return new Field(stack, {
      ground: await findGround(stack),
      inForce,
      ring: await loadKeyRing(stack.keyRing),
    });
  }

  /** Id and key of a sample colleague. */
  person(handle: string): { id: string; key: SoftwareAuthenticator } {
    const entry = this.#ring.find((candidate) => candidate.handle === handle);
    if (!entry) throw new Error(`There is no colleague ${handle}.`);
    return { id: entry.operatorId, key: entry.authenticator };
  }

  /** A key press over a statement, made without asking the console. */
  sign(
    op: Op,
    by: { id: string; key: SoftwareAuthenticator },
    decision: Decision,
    changes: Partial<Statement> = {},
  ): Signed {
    const now = Date.now();
    const statement: Statement = {
      type: 'countersign/statement/v1',
      organisation: op.intent.organisation,
      environment: op.intent.environment,
      operation: op.id,
      intentDigest: op.digest,
      decision,
      person: by.id,
      attempt: 1,
      rosterVersion: this.inForce.roster_version,
      policyVersion: this.inForce.policy_version,
      reason: null,
      nonce: newNonce(),
      issuedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + 600_000).toISOString(),
      ...changes,
    };
    const { origin } = this.stack.settings;
    return { statement, assertion: by.key.assert({ challenge: challengeOf(statement), origin }) };
  }

  raise(id: string, changes: Record<string, string> = {}): Promise<unknown> {
    const { client, vault, destination } = this.ground;
    const form = {
      operation: id,
      client,
      vault: vault.id,
      destination: destination.id,
      asset: 'SOL',
      amount: AMOUNT,
      memo: '',
      reason: 'Fault test',
      ...changes,
    };
    return state(this.stack.deskSocket, { do: 'raise', handle: 'ada', form });
  }

  decide(id: string, handle: string, decision: 'approve' | 'cosign' | 'reject'): Promise<unknown> {
    return state(this.stack.deskSocket, { do: 'decide', handle, operation: id, decision });
  }

  async read(id: string): Promise<Op> {
    const [row] = await query<{ intent: string }>(
      this.stack.ownerUrl,
      'select intent from operation where id = $1',
      [id],
    );
    const intent = withdrawalIntent.parse(JSON.parse(row?.intent ?? ''));
    return { id, intent, digest: intentDigest(intent) };
  }

  /** Raised by one person through the desk. */
  async raised(): Promise<Op> {
    const id = randomUUID();
    await this.raise(id);
    return this.read(id);
  }

  /** Raised and approved by two people through the desk: one statement short of complete. */
  async approved(): Promise<Op> {
    const op = await this.raised();
    await this.decide(op.id, 'marek', 'approve');
    return op;
  }

  /** What the web server's role does, in one transaction. */
  asWeb(...statements: Sql[]): Promise<void> {
    return inOne(this.stack.webUrl, statements);
  }

  /** What the owner does with ordinary triggers off, and those that always fire taken off too. */
  asOwner(...statements: Sql[]): Promise<void> {
    const locks = Object.entries(ALWAYS);
    return inOne(this.stack.ownerUrl, [
      ['set local session_replication_role = replica'],
      ...locks.map(([table, name]): Sql => [`alter table ${table} disable trigger ${name}`]),
      ...statements,
      ...locks.map(([table, name]): Sql => [`alter table ${table} enable always trigger ${name}`]),
    ]);
  }

  /** The last person states what they really saw, whatever the operation's row says by then. */
  complete(op: Op): Promise<void> {
    return this.asWeb(
      insertStatement(this.sign(op, this.person('ines'), 'cosign')),
      ...passForComplete(op.id),
    );
  }

  /** The raiser states anew on a held operation: its next attempt. */
  retry(id: string): Promise<unknown> {
    return state(this.stack.deskSocket, { do: 'retry', handle: 'ada', operation: id });
  }

  /** Waits until nothing moves the operation any more. */
  settled(id: string): Promise<End> {
    return waitForEnd(this.stack, id);
  }

  async stateOf(id: string): Promise<string> {
    const [row] = await query<{ state: string }>(
      this.stack.ownerUrl,
      'select state from operation where id = $1',
      [id],
    );
    return row?.state ?? '';
  }
}

/** The row of a statement; the documents may say anything. */
export const insertStatement = ({ statement, assertion }: Signed): Sql => [
  `insert into operation_statement
     (operation_id, person_id, decision, attempt, document, assertion, credential_id)
   values ($1, $2, $3, $4, $5, $6, $7)`,
  statement.operation,
  statement.person,
  statement.decision,
  statement.attempt,
  canonicalize(statement),
  JSON.stringify(assertion),
  assertion.id,
];

export const moveToComplete = (id: string): Sql => [
  `update operation set state = 'cosigned', revision = revision + 1, state_changed_at = now()
     where id = $1`,
  id,
];

export const wakeWorker = (id: string): Sql => [
  `select pg_notify('countersign', $1)`,
  JSON.stringify({ topic: 'operations', id }),
];

/** Lets an operation pass for complete, and wakes the worker. */
export const passForComplete = (id: string): Sql[] => [moveToComplete(id), wakeWorker(id)];
