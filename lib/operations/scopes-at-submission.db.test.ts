import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actorFromSession, type Actor } from '#lib/identity/actor.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { prepareDecision } from './prepare-decision.ts';
import { prepareDestination } from './prepare-destination.ts';
import { prepareKeyCeremony } from './prepare-key-ceremony.ts';
import { prepareRetry } from './prepare-retry.ts';
import {
  openAfterGenesis,
  press,
  type AfterGenesis,
  type Founder,
} from './testing/after-genesis.ts';

let desk: AfterGenesis;
beforeEach(async () => {
  desk = await openAfterGenesis();
});
afterEach(() => desk.database.drop());

/** The same person once their roles are others: what the next request finds in the session. */
function demoted({ actor, key }: Founder, roles: Actor['roles'] = ['auditor']): Founder {
  const { personId, displayName, group, sessionId } = actor;
  return { key, actor: actorFromSession({ personId, displayName, roles, group, sessionId }) };
}

const code = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code ?? null;
const ceremony = () => ({
  operation: randomUUID(),
  vault: 'warm-2',
  name: 'Warm 2',
  tier: 'warm',
  chain: 'solana:sandbox',
});

async function raiseCeremony(): Promise<string> {
  const [raiser] = desk.founders;
  const prepared = valueOf(await prepareKeyCeremony(raiser.actor, ceremony(), desk.context));
  return valueOf(await press(raiser, prepared.request, desk.context)).operation;
}

describe('a statement handed in after the person lost the role for it', () => {
  it('opens no key ceremony', async () => {
    const [raiser] = desk.founders;
    const prepared = valueOf(await prepareKeyCeremony(raiser.actor, ceremony(), desk.context));
    expect(code(await press(demoted(raiser), prepared.request, desk.context))).toBe('not-allowed');
    expect(await desk.owner.operation.count()).toBe(0);
    expect(await desk.owner.operationStatement.count()).toBe(0);
  });

  it('proposes no destination', async () => {
    const [raiser] = desk.founders;
    await desk.owner.client.create({ data: { id: 'C-20001' } });
    const form = {
      operation: randomUUID(),
      client: 'C-20001',
      chain: 'solana:sandbox',
      asset: 'SOL',
      address: '4Nd1mYQzvgV8Vr3Z3nYb7pD6T8K2jF2eqWxY2QqgM5Xr',
      label: 'Exchange',
    };
    const prepared = valueOf(await prepareDestination(raiser.actor, form, desk.context));
    const administrator = demoted(raiser, ['administrator']);
    expect(code(await press(administrator, prepared.request, desk.context))).toBe('not-allowed');
    expect(await desk.owner.destination.count()).toBe(0);
  });

  it('decides nothing', async () => {
    const operation = await raiseCeremony();
    const [, control] = desk.founders;
    const form = { operation, revision: 1, decision: 'approve' };
    const request = valueOf(await prepareDecision(control.actor, form, desk.context));
    expect(code(await press(demoted(control), request, desk.context))).toBe('not-allowed');
    expect(await desk.owner.operationStatement.count()).toBe(1);
  });
});

describe('a new attempt of a held operation', () => {
  it('is neither prepared for nor opened by a raiser who lost the role', async () => {
    const [raiser] = desk.founders;
    const operation = await raiseCeremony();
    await desk.owner.operation.update({
      where: { id: operation },
      data: { state: 'held', revision: 2, stopCode: 'party-refused', stopSentence: 'No.' },
    });
    const prepare = ({ actor }: Founder) => prepareRetry(actor, { operation }, desk.context);
    expect(code(await prepare(demoted(raiser)))).toBe('not-allowed');
    const request = valueOf(await prepare(raiser));
    expect(code(await press(demoted(raiser), request, desk.context))).toBe('not-allowed');
    const again = valueOf(await prepare(raiser));
    expect(valueOf(await press(raiser, again, desk.context)).state).toBe('raised');
  });
});
