import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSolanaAddress } from '#lib/chains/solana/address.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { prepareDestination } from './prepare-destination.ts';
import { openAfterGenesis, type AfterGenesis } from './testing/after-genesis.ts';

const own = 'C-20001';
const other = 'C-20002';
const listed = '4Nd1mYQzvgV8Vr3Z3nYb7pD6T8K2jF2eqWxY2QqgM5Xr';
const proposed = '7abcdefghijkmnopqrstuvwxyzABCDEFGHJK9999999';

let desk: AfterGenesis;
beforeAll(async () => {
  desk = await openAfterGenesis();
  await desk.owner.client.createMany({ data: [{ id: own }, { id: other }] });
  const common = {
    clientId: own,
    chain: 'solana:sandbox',
    asset: 'SOL',
    class: 'client-wallet',
    expiresAt: new Date(Date.now() + 86_400_000),
  };
  await desk.owner.destination.createMany({
    data: [
      { ...common, id: 'd-1', address: listed, label: 'Own wallet', state: 'proposed' },
      { ...common, id: 'd-2', address: proposed, label: 'Exchange', state: 'proposed' },
    ],
  });
  await desk.owner.destination.update({
    where: { id: 'd-1' },
    data: { state: 'listed', listedAt: desk.context.clock() },
  });
});
afterAll(() => desk.database.drop());

function prepare(address: string, client = own) {
  const [raiser] = desk.founders;
  const form = { client, chain: 'solana:sandbox', asset: 'SOL', address, label: 'New' };
  return prepareDestination(raiser.actor, { ...form, operation: randomUUID() }, desk.context);
}

async function refusalOf(address: string): Promise<{ code: string; sentence: string }> {
  const answer = await prepare(address);
  if (answer.ok) throw new Error(`${address} was taken`);
  return answer.refusal;
}

const foundFor = async (address: string, client = own) =>
  valueOf(await prepare(address, client)).unusual.found.map(({ title }) => title);

describe('listing an address', () => {
  it('is refused when the same client has it already, naming it', async () => {
    expect(await refusalOf(listed)).toEqual({
      code: 'already-listed',
      sentence: 'This address is on the client’s list already, as “Own wallet”.',
    });
    const { code, sentence } = await refusalOf(proposed);
    expect(code).toBe('already-listed');
    expect(sentence).toContain('proposed for the client already, as “Exchange”');
  });

  it('is refused for an address of the chain itself, where money is lost', async () => {
    for (const address of [
      '11111111111111111111111111111111',
      'SysvarRent111111111111111111111111111111111',
      '1nc1nerator11111111111111111111111111111111',
    ])
      expect((await refusalOf(address)).code, address).toBe('no-recipient');
  });

  it('shows an address that differs in its last character, for the same client and another', async () => {
    const typo = `${listed.slice(0, -1)}s`;
    for (const client of [own, other]) {
      const { found } = valueOf(await prepare(typo, client)).unusual;
      const alike = found.find(({ title }) => title === 'Another address looks like this one.');
      expect(alike?.sentence).toContain(`“Own wallet” of ${own} differs from it in one place only`);
    }
  });

  it('shows an address that shares four characters at one end only', async () => {
    const middle = '9ABCDEFGHJKLMNPQRSTUVWXYZ9abcdefghijk';
    for (const address of [`4Nd1${middle}222`, `2${middle}mnM5Xr`])
      expect(await foundFor(address), address).toContain('Another address looks like this one.');
  });

  it('shows that another client has the same address', async () => {
    expect(await foundFor(listed, other)).toContain('Another client has this address.');
  });

  it('shows an address that differs by nothing but the case of its letters, before all others', async () => {
    const twin = flipOne(listed);
    const { found } = valueOf(await prepare(twin)).unusual;
    const alike = found.find(({ compare }) => compare !== undefined);
    expect(alike?.sentence).toContain('the same characters but for capital and small letters');
    expect(alike?.compare?.[0]).toMatchObject({ own: twin, other: listed });
    expect(alike?.compare?.[0]?.differences).toHaveLength(1);
  });

  it('shows a look-alike that was removed, and that an address itself was', async () => {
    await desk.owner.destination.update({
      where: { id: 'd-1' },
      data: {
        state: 'removed',
        removedAt: new Date('2026-03-01T10:00:00.000Z'),
        removedBy: desk.founders[0].actor.personId,
      },
    });
    const { found } = valueOf(await prepare(`${listed.slice(0, -1)}s`)).unusual;
    expect(found.map(({ sentence }) => sentence).join(' ')).toContain(
      'It was removed from the list on 2026-03-01.',
    );
    expect(await foundFor(listed)).toContain('This address was on the list before.');
  });
});

/** The address with one letter in the other case, which is an address of the chain as well. */
function flipOne(address: string): string {
  const twins = Array.from(address, (character, at) => {
    const other =
      character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase();
    return address.slice(0, at) + other + address.slice(at + 1);
  });
  const twin = twins.find((text) => text !== address && isSolanaAddress(text));
  if (twin === undefined) throw new Error('No letter of it can be turned.');
  return twin;
}
