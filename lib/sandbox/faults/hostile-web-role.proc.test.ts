/**
 * The web server's database role in hostile hands: intents, statements, destinations, people, roster
 * and policy are rewritten under operations that are complete or pass for complete. Where the
 * database refuses that role, the same is done as the owner with the database's guards out of the
 * way. The worker takes each operation to the real parties, and no party signs.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { connectParty, offerGenesis, partyStatus } from '#lib/mpc/client/party-client.ts';
import { partyAddress } from '#lib/platform/env-values.ts';
import { sqlStateOf } from '#lib/platform/db/transaction.ts';
import { createSandboxControl } from '#lib/sandbox/solana/control.ts';
import { partyAddresses } from '#scripts/supervisor/parties.ts';
import { until } from '#scripts/supervisor/testing/processes.ts';
import type { Attack } from './testing/attack.ts';
import { attacksOnIntents, passForSigned } from './testing/attacks-on-intents.ts';
import { attacksOnStatements } from './testing/attacks-on-statements.ts';
import { attacksOnTrust } from './testing/attacks-on-trust.ts';
import { findBookFaults, query, readPosition } from './testing/books.ts';
import { Field, type Op, type Sql } from './testing/field.ts';
import {
  forbiddenToAnOperation,
  forbiddenToTheBooks,
  type Forbidden,
} from './testing/forbidden.ts';
import { forgeGenesis } from './testing/forge-genesis.ts';
import { sendTransaction } from './testing/relays.ts';
import { startStack, type Stack } from './testing/stack.ts';

describe('with the database role of the web server in hostile hands', () => {
  let stack: Stack;
  let field: Field;

  beforeAll(async () => {
    stack = await startStack();
    field = await Field.open(stack);
    await fillSecondVault();
  }, 180_000);
  afterAll(() => stack.stop());

  /** A rewritten intent may name this vault, and nothing but the parties shall stand in its way. */
  async function fillSecondVault(): Promise<void> {
    const [vault] = await query<{ address: string }>(
      stack.ownerUrl,
      `select address from vault where id = 'hot-1'`,
    );
    await createSandboxControl(stack.solanaRpc).deposit(vault?.address ?? '', 5_000_000_000n);
    await until('the deposit is credited', async () => {
      const found = await query(stack.ownerUrl, `select from deposit where vault_id = 'hot-1'`);
      return found.length === 1;
    });
  }

  const onlineParties = () =>
    z
      .array(partyAddress)
      .parse(JSON.parse(partyAddresses(stack.settings)))
      .filter(({ expected }) => expected === 'online');

  /** Waits until the worker has seen to everything twice. */
  async function twoRounds(): Promise<void> {
    const beats = new Set<string>();
    await until('the worker has been round', async () => {
      const [row] = await query<{ at: Date }>(stack.ownerUrl, 'select at from heartbeat');
      beats.add(row?.at.toISOString() ?? '');
      return beats.size > 2;
    });
  }

  /** Everything that a signature, a transaction or a journal would change. */
  async function readTraces() {
    const { owed, vaultBooked, vault, destination, newest } = await readPosition(
      stack,
      field.ground,
    );
    const [{ journals, signed } = { journals: '', signed: '' }] = await query<{
      journals: string;
      signed: string;
    }>(
      stack.ownerUrl,
      `select (select count(*) from journal) as journals,
         (select count(*) from chain_transaction where phase in ('releasing', 'signed')) as signed`,
    );
    const shares = stack.shareAnswers.length;
    const thief = await field.ground.chain.getBalance(field.thief, 'processed');
    return { owed, vaultBooked, vault, destination, newest, journals, signed, shares, thief };
  }

  async function codeOf(...statements: Sql[]): Promise<string | null> {
    return field.asWeb(...statements).then(
      () => null,
      (error: unknown) => sqlStateOf(error),
    );
  }

  /**
   * People end the held operation, so that its amount and its nonce account are free for the next.
   * One whose row says something else than what was raised stays held: nobody can state on it.
   */
  async function clear(op: Op): Promise<void> {
    if ((await field.stateOf(op.id)) === 'held')
      await field.decide(op.id, 'sofia', 'reject').catch(() => undefined);
    await query(
      stack.ownerUrl,
      'update nonce_account set operation_id = null where operation_id = $1',
      [op.id],
    );
  }

  async function play(attack: Attack): Promise<void> {
    const op = await (attack.prepare?.(field) ?? field.approved());
    try {
      const before = await readTraces();
      for (const [code, ...sql] of attack.refused?.(op, field) ?? [])
        expect(await codeOf(sql)).toBe(code);
      await attack.strike(field, op);
      const end = await field.settled(op.id);
      expect(end).toMatchObject({ state: 'held', stop_code: attack.refusal });
      expect(end.stop_party).toMatch(/^(?:control|custody)$/u);
      expect(await readTraces()).toEqual(before);
    } finally {
      await attack.undo?.(field, op);
      await clear(op);
    }
  }

  test('without an attack, the same hands bring an operation to the chain', async () => {
    const op = await field.approved();
    await field.complete(op);
    expect(await field.settled(op.id)).toMatchObject({ state: 'confirmed' });
  });

  const named = (attacks: readonly Attack[]) =>
    attacks.map((attack) => [attack.name, attack] as const);

  describe('no party signs what was changed:', () => {
    test.each(named(attacksOnIntents))('%s', (_name, attack) => play(attack));
  });
  describe('no party signs on what nobody stated:', () => {
    test.each(named(attacksOnStatements))('%s', (_name, attack) => play(attack));
  });
  describe('no party believes the database about who counts:', () => {
    test.each(named(attacksOnTrust))('%s', (_name, attack) => play(attack));
  });

  test('no chain takes bytes that pass for a signed transaction', async () => {
    const op = await field.approved();
    const before = await readTraces();
    const sent = stack.gates.counter();
    await field.asOwner(...(await passForSigned(field, op)));
    await until('the worker has sent it', () => sent(sendTransaction, 'reply') > 0);
    await until('it waits for the chain', async () => (await field.stateOf(op.id)) === 'broadcast');
    expect(await readTraces()).toEqual(before);
    await field.asOwner([`update operation set state = 'held' where id = $1`, op.id]);
  });

  describe('the database refuses that role to', () => {
    let op: Op;

    beforeAll(async () => {
      // Complete, and at its last stop before the parties: the worker is off meanwhile.
      await stack.keeper('worker').stop();
      op = await field.approved();
      await field.decide(op.id, 'ines', 'cosign');
    });

    const listed = (forbidden: readonly Forbidden[]) =>
      forbidden.map((entry) => [entry.name, entry] as const);

    async function refuse({ code, sql }: Forbidden): Promise<void> {
      const before = await readTraces();
      expect(await codeOf(...sql(op, field))).toBe(code);
      expect(await readTraces()).toEqual(before);
      expect(await field.stateOf(op.id)).toBe('cosigned');
      expect(await findBookFaults(stack.ownerUrl)).toEqual([]);
    }

    test.each(listed(forbiddenToTheBooks))('%s', (_name, entry) => refuse(entry));
    test.each(listed(forbiddenToAnOperation))('%s', (_name, entry) => refuse(entry));

    test('give back the amount of an operation that is under way', async () => {
      const [answer] = await query<{ status: string }>(
        stack.webUrl,
        `select ledger_void(id, 'voided') as status from hold where operation_id = $1`,
        [op.id],
      );
      expect(answer?.status).toBe('operation_open');
    });

    test('and the operation goes through as people stated it', async () => {
      await stack.keeper('worker').start();
      expect(await field.settled(op.id)).toMatchObject({ state: 'confirmed' });
    });
  });

  test('no party takes a second genesis, though all its founders signed it', async () => {
    const { bundle, rows } = await forgeGenesis(field);
    const inForce = 'select version, digest from roster_version order by version';
    const before = await query(stack.ownerUrl, inForce);
    await field.asWeb(...rows);
    for (const address of onlineParties()) {
      const party = connectParty(address);
      const pinned = await partyStatus(party);
      expect(await offerGenesis(party, bundle)).toMatchObject({ refusal: 'genesis-exists' });
      const after = await partyStatus(party);
      party.close();
      if (!pinned.ok || !after.ok) throw new Error('A party does not answer.');
      expect(after.value.genesisDigest).toBe(pinned.value.genesisDigest);
      expect(after.value.heads.roster).toBe(pinned.value.heads.roster);
    }
    await twoRounds();
    expect(await query(stack.ownerUrl, inForce)).toEqual(before);
  });
});
