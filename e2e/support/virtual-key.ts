/**
 * A security key for a page of Chromium, in software. It lives in the browser and answers the real
 * WebAuthn calls of the page, so nothing of ours is replaced.
 */
import type { CDPSession, Page } from '@playwright/test';

export type VirtualKeyOptions = {
  /** `internal` is a key built into the device, `usb` one that is plugged in. */
  transport?: 'internal' | 'usb';
  /**
   * Credentials of another virtual key, to go on as its person in another page. Their counters come
   * along: use the first key no more, or the two look like one that was copied.
   */
  credentials?: readonly VirtualCredential[];
};

/** Private key included: made for tests, and of no use outside the browser that holds it. */
export type VirtualCredential = Awaited<ReturnType<typeof readCredentials>>[number];

export type VirtualKey = {
  /** What the key holds now, to be given to a key of another page. */
  credentials: () => Promise<VirtualCredential[]>;
  /** Whether somebody touches the key at once when a page asks; at first they do. */
  setPresent: (isPresent: boolean) => Promise<void>;
  /** Takes the key away; the page goes on without one. */
  remove: () => Promise<void>;
};

async function readCredentials(session: CDPSession, authenticatorId: string) {
  return (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
}

/**
 * Gives a page a CTAP2 key that stores passkeys, knows its person (PIN or fingerprint) and is
 * touched whenever the page asks. It waits for nothing but Chromium's own answers: once this
 * resolves, the page's next `navigator.credentials` call finds the key. It stays over navigations
 * of the page, and other pages don't see it.
 */
export async function addVirtualKey(
  page: Page,
  { transport = 'internal', credentials = [] }: VirtualKeyOptions = {},
): Promise<VirtualKey> {
  const session = await page.context().newCDPSession(page);
  // Without a window of its own, a request waits for the key and not for a person.
  await session.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  for (const credential of credentials)
    await session.send('WebAuthn.addCredential', { authenticatorId, credential });
  return {
    credentials: () => readCredentials(session, authenticatorId),
    setPresent: async (isPresent) => {
      await session.send('WebAuthn.setAutomaticPresenceSimulation', {
        authenticatorId,
        enabled: isPresent,
      });
    },
    remove: async () => {
      await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
      await session.detach();
    },
  };
}
