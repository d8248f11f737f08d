/** A cold party at its own page, with an organisation around it, and the key of its co-signer. */
import { createECDH, createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import type { Page } from '@playwright/test';
import { openColdRoutes } from '#lib/mpc/party/cold-routes.ts';
import { startOriginServer } from '#lib/mpc/party/origin-server.ts';
import { openColdCustody, openColdVault, type ColdCustody } from '#lib/mpc/testing/cold-custody.ts';
import type { Vault } from '#lib/mpc/testing/custody.ts';
import type { SoftwareKey } from '#lib/protocol/software-authenticator.ts';
import { addVirtualKey, type VirtualKey } from './virtual-key.ts';

export type ColdSite = {
  custody: ColdCustody;
  vault: Vault;
  origin: string;
  close(): void;
};

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export async function openColdSite(): Promise<ColdSite> {
  const custody = openColdCustody();
  const vault = await openColdVault(custody);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const { config, party, desk } = custody.a;
  config.origin = { origin, host: '127.0.0.1', port, tls: null };
  const server: Server = await startOriginServer(party, null, openColdRoutes(desk));
  return {
    custody,
    vault,
    origin,
    close: () => {
      server.close();
      server.closeAllConnections();
      custody.remove();
    },
  };
}

/** PKCS#8 of a P-256 key, as browsers take it. */
function privateKeyOf({ secret }: SoftwareKey): string {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(Buffer.from(secret, 'base64url'));
  const point = curve.getPublicKey();
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  const key = createPrivateKey({
    key: { kty: 'EC', crv: 'P-256', d: secret, x, y },
    format: 'jwk',
  });
  return key.export({ format: 'der', type: 'pkcs8' }).toString('base64');
}

/** Gives a page the key that a software authenticator of the tests holds. */
export function plugIn(page: Page, saved: SoftwareKey): Promise<VirtualKey> {
  return addVirtualKey(page, {
    transport: 'usb',
    credentials: [
      {
        credentialId: Buffer.from(saved.credentialId, 'base64url').toString('base64'),
        isResidentCredential: true,
        rpId: saved.rpId,
        privateKey: privateKeyOf(saved),
        userHandle: Buffer.from('of a test').toString('base64'),
        signCount: 1,
      },
    ],
  });
}
