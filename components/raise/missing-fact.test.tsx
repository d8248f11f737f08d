import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { BreakWords } from './break-words.tsx';
import { missingFact } from './missing-fact.tsx';

const found = { id: '0b0f4e0a-0000-4000-8000-000000000001', number: 'BR-000001' };
const html = (rules: string[]): string =>
  missingFact({ break: found, amount: '2 SOL', rules })
    .map(({ detail }) => renderToStaticMarkup(<>{detail}</>))
    .join('');

describe('what is missing, beside the review of a withdrawal', () => {
  it('leads to the break, and shows the rules of the policy that decide', () => {
    const shown = html(['Withdrawals of SOL need two approvers of Control.']);
    expect(shown).toContain(`href="/reconciliation/breaks/${found.id}"`);
    expect(shown).toContain('2 SOL');
    expect(shown).toContain('each party holds to it');
    expect(shown).toContain('Withdrawals of SOL need two approvers of Control.');
  });

  it('says that parties do not look where no rule of the policy does', () => {
    expect(html([])).toContain('Policy has no rule about it');
    expect(html([])).toContain('parties do not');
  });

  it('is not there while nothing is missing', () => {
    expect(missingFact(null)).toEqual([]);
    expect(missingFact(undefined)).toEqual([]);
  });
});

describe('a refusal that names breaks', () => {
  it('leads to the page of each, and changes no other word', () => {
    const sentence = 'Too little is there: see break BR-000001, BR-000002 and again BR-000001.';
    const shown = renderToStaticMarkup(<BreakWords>{sentence}</BreakWords>);
    expect(shown.match(/href="[^"]+"/gu)).toEqual([
      'href="/reconciliation/breaks/BR-000001"',
      'href="/reconciliation/breaks/BR-000002"',
      'href="/reconciliation/breaks/BR-000001"',
    ]);
    expect(shown.replaceAll(/<[^>]+>/gu, '')).toBe(sentence);
  });
});
