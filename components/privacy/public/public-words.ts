/** What a person may ask for, in words of everyday; the article stands behind for who looks it up. Pure. */
import { rights, type Right } from '#lib/privacy/requests/life.ts';

const words: Readonly<Record<Right, string>> = {
  access: 'Tell me what you hold about me, and give me a copy',
  portability: 'Give me my data in a form that machines read',
  rectification: 'Correct or complete my data',
  restriction: 'Keep my data, and do not use them for now',
  objection: 'Stop using my data: I object',
  erasure: 'Erase my data',
  'not-automated': 'Have a human look at a decision made by a machine',
  'withdraw-consent': 'I withdraw my consent',
};

export const publicRights = (Object.keys(rights) as Right[]).map((value) => ({
  value,
  label: `${words[value]} (Art ${rights[value].article})`,
}));
