/** What was written with a statement and waits for its signature while somebody whom it names is erased. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { prepareFreeze } from '#lib/operations/prepare-freeze.ts';
import { prepareRelease } from '#lib/operations/prepare-release.ts';
import { openPartyDesk, state, type PartyDesk } from '#lib/operations/testing/party-desk.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { beginErasing } from '../testing/erasure-desk.ts';
import { removeValues } from './remove-values.ts';

let desk: PartyDesk;
beforeAll(async () => {
  desk = await openPartyDesk();
});
afterAll(() => desk.close());

async function somebody(name: string): Promise<string> {
  const id = newPersonId();
  await inTransaction(desk.owner, (tx) =>
    writePerson(tx, { id, values: { 'full-name': name } }, { by: 'system', at: new Date() }),
  );
  return id;
}

async function erased(person: string): Promise<void> {
  await inTransaction(desk.owner, (tx) => beginErasing(tx, person));
  const { id } = await desk.owner.personErasure.findFirstOrThrow({ where: { personId: person } });
  await removeValues({ db: desk.owner, clock: () => new Date() }, id);
  expect(await desk.owner.person.findUnique({ where: { id: person } })).toMatchObject({
    keyId: null,
  });
}
const notes = (operation: string) =>
  desk.owner.operationNote.count({ where: { operationId: operation } });

it('a stop goes out without its text; anything else is refused and leaves nothing, and goes when it is written anew', async () => {
  const { actor } = desk.people.jonas;
  const first = await somebody('Hedda Brunswick');
  const freeze = {
    operation: randomUUID(),
    scope: { what: 'asset', asset: 'SOL' },
    reason: 'Hedda Brunswick says that she never asked for it.',
  };
  const asked = await prepareFreeze(actor, freeze, desk.context);
  await erased(first);
  const frozen = valueOf(await state(desk, 'jonas', asked));
  expect(await notes(frozen.operation)).toBe(0);
  expect(await desk.owner.freeze.count({ where: { operationId: frozen.operation } })).toBe(1);

  const second = await somebody('Edwin Karlstad');
  const release = {
    operation: randomUUID(),
    freeze: frozen.operation,
    reason: 'Edwin Karlstad explained it.',
  };
  const waits = await prepareRelease(actor, release, desk.context);
  await erased(second);
  expect(await state(desk, 'jonas', waits)).toMatchObject({
    ok: false,
    refusal: { code: 'names-erased' },
  });
  expect(await notes(release.operation)).toBe(0);
  expect(await desk.owner.operation.count({ where: { id: release.operation } })).toBe(0);

  const anew = { ...release, operation: randomUUID(), reason: 'It was explained.' };
  valueOf(await state(desk, 'jonas', await prepareRelease(actor, anew, desk.context)));
  expect(await notes(anew.operation)).toBe(1);
});
