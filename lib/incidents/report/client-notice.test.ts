import { describe, expect, it } from 'vitest';
import { clientNotice, noticeFaults, type NoticeFacts } from './client-notice.ts';

const facts: NoticeFacts = {
  entity: 'Example Custody SE',
  reference: 'INC-2026-000012',
  contact: 'desk@example.eu',
  detected: '2026-03-02T09:14:00Z',
  now: '2026-03-02T12:00:00Z',
  summary: 'One of our signing hosts failed',
  services: ['withdrawals', 'transfers'],
  effect: 'Your assets are where they were; withdrawals were late.',
  measures: ['Withdrawals are signed at our second site'],
  advice: [],
};

describe('a notice to clients', () => {
  it('says what happened, what it means, what was done and whom to ask', () => {
    expect(clientNotice(facts)).toEqual({
      subject: 'Example Custody SE: incident INC-2026-000012',
      text: `Dear client,

we write to you because of an incident with our systems that may concern your financial interests. Its number is INC-2026-000012.

What happened
One of our signing hosts failed. We noticed it on 2 March 2026, 09:14 UTC. Affected: withdrawals and transfers. We are still working on it.

What it means for you
Your assets are where they were; withdrawals were late.

What we have done
- Withdrawals are signed at our second site.

What you should do
You need not do anything now.

We will write to you again when we know more.

For questions: desk@example.eu. Please name the number of the incident.

Example Custody SE
`,
    });
  });

  it('says more once more is known', () => {
    const text = clientNotice({
      ...facts,
      occurred: '2026-03-02T08:50:00Z',
      recovered: '2026-03-02T11:00:00Z',
      resolved: '2026-03-02T11:30:00Z',
      downtime: '00:02:10',
      dataLosses: ['availability', 'confidentiality', 'unknown'],
      advice: ['Change your password.', ' '],
    })?.text;
    for (const words of [
      'It began on 2 March 2026, 08:50 UTC; we noticed it on 2 March 2026, 09:14 UTC.',
      'Service was down or limited for 2 h 10 min.',
      'Service has been back since 2 March 2026, 11:00 UTC.',
      'The incident was resolved on 2 March 2026, 11:30 UTC.',
      'Some data could not be used for a time and were seen by somebody who had no right to.',
      '- Change your password.\n\n',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('still working');
  });

  it('calls a time that lies ahead an expectation', () => {
    expect(clientNotice({ ...facts, recovered: '2026-03-02T18:00:00Z' })?.text).toContain(
      'We expect service to be back on 2 March 2026, 18:00 UTC.',
    );
  });

  it('says so where the effect isn’t known, and claims nothing', () => {
    expect(clientNotice({ ...facts, effect: null })?.text).toContain(
      'We are still finding out what it means for your assets and money',
    );
  });

  it('doesn’t go out without measures, words or somebody to ask', () => {
    const empty = { ...facts, measures: [' '], summary: '', contact: '', detected: 'yesterday' };
    expect(clientNotice(empty)).toBeNull();
    expect(noticeFaults(empty).map(({ fact }) => fact)).toEqual([
      'contact',
      'detected',
      'summary',
      'measures',
    ]);
    expect(noticeFaults(facts)).toEqual([]);
  });
});
