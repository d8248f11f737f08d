import { describe, expect, it } from 'vitest';
import { softwareAaguid } from '#lib/protocol/software-authenticator.ts';
import { modelName } from './key-models.ts';

describe('modelName', () => {
  it('names a model it knows', () => {
    expect(modelName('2fc0579f-8113-47ea-b116-bb5a8db9202a')).toBe('YubiKey 5 Series with NFC');
    expect(modelName(softwareAaguid)).toBe('Sandbox software key');
  });

  it('does not make a name up for one that it does not know or that keeps silent', () => {
    expect(modelName('00000000-0000-0000-0000-000000000000')).toBe('Model not disclosed');
    expect(modelName('00000000-0000-0000-0000-000000000001')).toBe('Model not on our list');
    expect(modelName('constructor')).toBe('Model not on our list');
  });
});
