import { describe, expect, it } from 'vitest';
import { createSoftwareAuthenticator } from './software-authenticator.ts';
import { assertionJson } from './statement.ts';

const key = createSoftwareAuthenticator({ rpId: 'localhost' });
key.register({ challenge: 'AAAA', origin: 'http://localhost:3000' });
const answer = key.assert({ challenge: 'AAAA', origin: 'http://localhost:3000' });
const withResponse = (changes: object): unknown => ({
  ...answer,
  response: { ...answer.response, ...changes },
});

describe('the answer of a browser to a key press', () => {
  it('loses what a later browser adds to its response, whatever it is, and counts as before', () => {
    const plain = assertionJson.parse(answer);
    for (const added of [1, 'text', null, ['x'], { deep: { deep: {} } }, 'x'.repeat(100_000)])
      expect(assertionJson.parse(withResponse({ added }))).toEqual(plain);
    expect(assertionJson.parse(withResponse({ ['__proto__']: { signature: 'AAAA' } }))).toEqual(
      plain,
    );
  });

  it('is refused when a field of the response that counts is missing', () => {
    for (const name of ['clientDataJSON', 'authenticatorData', 'signature'])
      expect(assertionJson.safeParse(withResponse({ [name]: undefined })).success).toBe(false);
  });

  it('is refused when a field of the response that is known is malformed', () => {
    for (const name of ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'])
      for (const value of [1, '', 'a+b/', 'A', [], {}, 'A'.repeat(4_100)])
        expect(assertionJson.safeParse(withResponse({ [name]: value })).success, name).toBe(false);
    for (const response of [null, [], 'text', undefined])
      expect(assertionJson.safeParse({ ...answer, response }).success).toBe(false);
  });

  it('is refused with a field beside the response that the contract does not know', () => {
    expect(assertionJson.safeParse({ ...answer, added: 1 }).success).toBe(false);
  });
});
