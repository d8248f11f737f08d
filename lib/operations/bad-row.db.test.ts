/** A note of an operation that does not open takes neither the list nor the page with it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unopened } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { damageText } from '#lib/platform/db/testing/damage-text.ts';
import { listOperations } from './list-operations.ts';
import { prepareKeyCeremony } from './prepare-key-ceremony.ts';
import { openAfterGenesis, press, type AfterGenesis } from './testing/after-genesis.ts';
import { viewStatements } from './view-statements.ts';

let desk: AfterGenesis;
beforeAll(async () => {
  desk = await openAfterGenesis();
});
afterAll(() => desk.database.drop());

async function ceremony(vault: string, name: string): Promise<string> {
  const [raiser] = desk.founders;
  const operation = randomUUID();
  const form = { operation, vault, name, tier: 'warm', chain: 'solana:sandbox' };
  const { request } = valueOf(await prepareKeyCeremony(raiser.actor, form, desk.context));
  valueOf(await press(raiser, request, desk.context));
  return operation;
}

it('one bad name of a vault in the making is said as such, and the rest of the list stands', async () => {
  await ceremony('warm-2', 'Warm two');
  desk.context.passTime(1_000);
  const id = await ceremony('warm-3', 'Warm three');
  const { commitment } = await desk.owner.operationNote.findFirstOrThrow({
    where: { operationId: id },
  });
  await damageText(desk.owner, 'operation_note', commitment);
  const [raiser] = desk.founders;
  const { rows } = valueOf(await listOperations(raiser.actor, {}, desk.context));
  expect(rows.map(({ route }) => route)).toEqual([unopened, 'Warm two']);
  const [statement] = await viewStatements(id, desk.context);
  expect(statement?.note).toBe(unopened);
});
