import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { prepareKeyCeremony } from './prepare-key-ceremony.ts';
import { submitStatement } from './submit-statement.ts';
import { openAfterGenesis, press, type AfterGenesis } from './testing/after-genesis.ts';
import { viewOperation } from './view-operation.ts';

let desk: AfterGenesis;
beforeEach(async () => {
  desk = await openAfterGenesis();
});
afterEach(() => desk.database.drop());

const ceremony = () => ({
  operation: randomUUID(),
  vault: 'warm-2',
  name: 'Warm 2',
  tier: 'warm',
  chain: 'solana:sandbox',
});

function nested(depth: number): object {
  let value = {};
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return value;
}

/** A ceremony raised with unsigned fields beside what the key signed. */
async function raiseWith(unsigned: object) {
  const [{ actor, key }] = desk.founders;
  const { request } = valueOf(await prepareKeyCeremony(actor, ceremony(), desk.context));
  const { nonce, options } = request;
  const answer = key.assert({
    challenge: options.challenge,
    origin: desk.context.settings.origin,
  });
  return submitStatement(actor, { nonce, assertion: { ...answer, ...unsigned } }, desk.context);
}

describe('the evidence of a statement', () => {
  it('has nothing in it that the key did not sign', async () => {
    const unsigned = { authenticatorAttachment: 'x', clientExtensionResults: { note: 'unsigned' } };
    valueOf(await raiseWith(unsigned));
    const { assertion } = await desk.owner.operationStatement.findFirstOrThrow();
    expect(Object.keys(assertion as object).sort()).toEqual(
      ['clientExtensionResults', 'id', 'rawId', 'response', 'type'].sort(),
    );
    expect(assertion).toMatchObject({ clientExtensionResults: {} });
  });

  it.each([
    ['nested deeply', nested(1_500)],
    ['with a number that is no JSON', { x: 5n }],
  ])('is refused with a sentence when it comes %s', async (_what, clientExtensionResults) => {
    const answer = await raiseWith({ clientExtensionResults });
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'assertion-malformed' } });
    expect(await desk.owner.operation.count()).toBe(0);
  });

  it('of heavy rows from before keeps the page light', async () => {
    const [raiser] = desk.founders;
    const { request, intent } = valueOf(
      await prepareKeyCeremony(raiser.actor, ceremony(), desk.context),
    );
    valueOf(await press(raiser, request, desk.context));
    const { id: _id, ...first } = await desk.owner.operationStatement.findFirstOrThrow();
    for (let attempt = 2; attempt <= 7; attempt += 1)
      await desk.owner.operationStatement.create({
        data: {
          ...first,
          attempt,
          document: JSON.stringify({ ...(JSON.parse(first.document) as object), attempt }),
          assertion: { ...(first.assertion as object), clientExtensionResults: nested(1_500) },
        },
      });
    const view = valueOf(await viewOperation(raiser.actor, intent.operation, desk.context));
    expect(view.statements).toHaveLength(7);
    expect(JSON.stringify(view).length).toBeLessThan(40_000);
  });
});
