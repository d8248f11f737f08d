import { describe, expect, it } from 'vitest';
import { createSoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { readAssertion } from './read-assertion.ts';

const key = createSoftwareAuthenticator({ rpId: 'localhost' });
key.register({ challenge: 'AAAA', origin: 'http://localhost:3000' });
const answer = key.assert({ challenge: 'AAAA', origin: 'http://localhost:3000' });

function nested(depth: number): object {
  let value = {};
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return value;
}
const withResults = (clientExtensionResults: unknown): unknown => ({
  ...answer,
  clientExtensionResults,
});

describe('the evidence kept of a key press', () => {
  it('is what was signed and who signed it, and nothing unsigned beside it', () => {
    const kept = readAssertion({
      ...answer,
      authenticatorAttachment: 'approve this instead',
      clientExtensionResults: { appid: true, note: 'unsigned' },
    });
    expect(kept).toEqual({
      id: answer.id,
      rawId: answer.rawId,
      type: 'public-key',
      response: answer.response,
      clientExtensionResults: {},
    });
  });

  it('says the same whether a browser leaves the user handle out or sends null', () => {
    const { userHandle: _handle, ...response } = answer.response;
    const without = readAssertion({ ...answer, response });
    expect(readAssertion({ ...answer, response: { ...response, userHandle: null } })).toEqual(
      without,
    );
    expect(without?.response).not.toHaveProperty('userHandle');
  });

  it('takes what browsers really say about extensions', () => {
    for (const results of [{}, { appid: false }, { credProps: { rk: true } }, undefined])
      expect(readAssertion(withResults(results))).not.toBeNull();
  });

  it('is refused when the extension results are no small JSON', () => {
    for (const results of [
      nested(5),
      nested(5_000),
      { x: 5n },
      { x: Number.NaN },
      { x: undefined },
      { x: new Date() },
      { x: new Map() },
      { x: Array.from({ length: 100 }, () => 0) },
      [],
      'text',
    ])
      expect(readAssertion(withResults(results))).toBeNull();
  });

  it('is refused with a field that the contract does not know', () => {
    expect(readAssertion({ ...answer, note: 'unsigned' })).toBeNull();
  });

  it('keeps nothing of what a browser adds to the response', () => {
    expect(
      readAssertion({ ...answer, response: { ...answer.response, note: 'unsigned' } }),
    ).toEqual(readAssertion(answer));
  });
});
