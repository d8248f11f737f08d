import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RosterParty } from '#lib/protocol/roster.ts';
import { hostileParty } from '../testing/hostile-party.ts';
import { openLocalParty } from '../testing/in-process.ts';
import { foundOrganisation } from '../testing/organisation.ts';
import { offerGenesis } from './genesis.ts';

test('a party takes no genesis that gives its pages another address', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cs-address-'));
  const kek = new Uint8Array(randomBytes(32));
  const { party } = openLocalParty('control', { ahead: 0 }, { folder, kek });
  const { identityKey, exchangeKey } = party.identity;
  const own: RosterParty = {
    name: 'control',
    group: 'control',
    index: 1,
    identityKey,
    exchangeKey,
    origin: party.config.origin.origin,
  };
  const offer = (entry: RosterParty) =>
    offerGenesis(party, {
      bundle: foundOrganisation([
        entry,
        hostileParty('custody', 2).entry,
        hostileParty('recovery', 3).entry,
      ]).genesis,
    });
  expect(offer({ ...own, origin: 'http://control.localhost:4000' })).toMatchObject({
    refusal: 'genesis-party-differs',
  });
  expect(offer(own).ok).toBe(true);
  party.database.close();
  rmSync(folder, { recursive: true });
});
