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

describe('listing an address of another chain', () => {
  const regtest = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
  const anvil = 'eip155:31337';
  const taproot = 'bcrt1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqc8gma6';
  const ether = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
  const euroContract = '0x5FbDB2315678afecb367f032d93F642f64180aa3';

  async function answerTo(chain: string, asset: string, address: string) {
    const [raiser] = desk.founders;
    const { settings } = desk.context;
    const nodes = { bitcoin: ['http://127.0.0.1:1'], ethereum: ['http://127.0.0.1:1'] };
    return prepareDestination(
      raiser.actor,
      { client: own, chain, asset, address, label: 'New', operation: randomUUID() },
      { ...desk.context, settings: { ...settings, nodes } },
    );
  }

  it.each([
    [regtest, 'BTC', listed, /^This is not a Bitcoin address\./],
    [regtest, 'BTC', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', /another Bitcoin network/],
    [regtest, 'BTC', 'bcrt1sw50qt2uwha', /Bitcoin has not put in force/],
    [regtest, 'BTC', taproot.replace('bcrt1p0', 'bcrt1p8'), /one character .* is wrong/],
    [regtest, 'BTC', ether, /^This is not a Bitcoin address\./],
    [anvil, 'ETH', ether.replace('5aAeb', '5AAeb'), /one character .* is wrong/],
    [anvil, 'ETH', ether.toLowerCase(), /has no checksum/],
    [anvil, 'EURC', euroContract, /contract of a token/],
    [anvil, 'EURC', `0x${'0'.repeat(40)}`, /zero address/],
    [anvil, 'ETH', listed, /^An Ethereum address is 0x/],
    [anvil, 'ETH', taproot, /^An Ethereum address is 0x/],
    ['solana:sandbox', 'SOL', ether, /^This is not a Solana address\./],
  ])('on %s for %s, %s is refused at the field of the address', async (...row) => {
    const [chain, asset, address, sentence] = row;
    const answer = await answerTo(chain, asset, address);
    if (answer.ok) throw new Error('It was taken.');
    expect(answer.refusal.sentence).toMatch(sentence);
    expect(answer.refusal.field).toBe('address');
  });

  it('is refused at the asset where asset and network do not go together', async () => {
    const answer = await answerTo(regtest, 'EURC', taproot);
    expect(answer).toMatchObject({ ok: false, refusal: { field: 'asset' } });
  });

  it('is taken in its one spelling', async () => {
    const answer = valueOf(await answerTo(regtest, 'BTC', taproot.toUpperCase()));
    expect(answer.intent.destination.address).toBe(taproot);
    expect((await answerTo(anvil, 'EURC', ether)).ok).toBe(true);
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
