import { describe, expect, it } from 'vitest';
import { lacksScope } from './actor.ts';
import { scopesOf, whoMay } from './roles.ts';

describe('whoMay', () => {
  it('names every role that has the scope, and no other', () => {
    expect(whoMay('operation:raise')).toBe('custody officers');
    expect(whoMay('stop:raise')).toBe('custody officers and administrators');
    expect(whoMay('ledger:read')).toBe('custody officers, administrators, managers and auditors');
  });
});

describe('a refusal for want of a scope', () => {
  it('says whom it is for, in words of people and not of the table', () => {
    const refused = lacksScope({ scopes: scopesOf(['dpo']) }, 'ledger:read');
    expect(refused?.refusal.sentence).toContain('custody officers, administrators, managers');
    expect(refused?.refusal.sentence).not.toContain(':read');
  });
});

it('what must not be told to a person is read by who advises and who decides, and not by who keeps assets', () => {
  expect(whoMay('suspicion:read')).toBe('data protection officers and managers');
});

it('no role that works on requests about personal data decides on them', () => {
  for (const role of ['officer', 'administrator', 'dpo', 'manager', 'auditor']) {
    const scopes = scopesOf([role]);
    const decides = scopes.has('privacy:decide') || scopes.has('privacy:approve');
    expect(decides && scopes.has('privacy:work'), role).toBe(false);
  }
});
