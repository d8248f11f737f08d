import { describe, expect, test } from 'vitest';
import { readColdCommand } from './command.ts';

type Settings = Record<string, string>;
const read = (words: string[], settings: Settings = {}) =>
  readColdCommand(words, { NODE_ENV: 'test', ...settings });

const opened = (words: string[], settings: Settings = {}) => {
  const command = read(words, settings);
  if (command.do !== 'open') throw new Error(command.do);
  return command;
};

describe('npm run cold', () => {
  test('says how it is used where no party is named', () => {
    expect(read([])).toEqual({ do: 'help' });
    expect(read(['cold-a', '--help'])).toEqual({ do: 'help' });
  });

  test('opens with a passphrase and without a network unless it is told otherwise', () => {
    const { environment, onlineOk } = opened(['cold-a', '--group', 'custody']);
    expect(onlineOk).toBe(false);
    expect(environment).toEqual({
      NODE_ENV: 'test',
      COUNTERSIGN_PARTY_NAME: 'cold-a',
      COUNTERSIGN_PARTY_GROUP: 'custody',
      COUNTERSIGN_PARTY_KEK: 'passphrase',
      COUNTERSIGN_PARTY_ORIGIN: 'http://localhost:3119',
    });
    const told = opened(
      ['cold-b', '--data', '/media/b', '--origin', 'https://b.example', '--online-ok'],
      {
        COUNTERSIGN_PARTY_GROUP: 'recovery',
        COUNTERSIGN_PARTY_KEK: 'credential:kek',
      },
    );
    expect(told.onlineOk).toBe(true);
    expect(told.environment).toMatchObject({
      COUNTERSIGN_PARTY_DATA: '/media/b',
      COUNTERSIGN_PARTY_ORIGIN: 'https://b.example',
      COUNTERSIGN_PARTY_KEK: 'credential:kek',
    });
  });

  test('opens a party of the sample organisation on the machine of the sandbox, and no other', () => {
    const { environment, onlineOk, isTryOut } = opened(['cold-a', '--sandbox']);
    expect([onlineOk, isTryOut]).toEqual([true, true]);
    expect(environment).toEqual({
      NODE_ENV: 'test',
      COUNTERSIGN_PARTY_NAME: 'cold-a',
      COUNTERSIGN_PARTY_GROUP: 'custody',
      COUNTERSIGN_PARTY_ORIGIN: 'http://localhost:3119',
    });
    expect(() => opened(['cold-z', '--sandbox'])).toThrow(/sample organisation/u);
    expect(
      opened(['cold-a', '--sandbox', '--origin', 'http://localhost:3120']).environment,
    ).toMatchObject({ COUNTERSIGN_PARTY_ORIGIN: 'http://localhost:3120' });
    expect(() => opened(['cold-a', '--sandbox', '--data', '/media/a'])).toThrow(
      /Leave out --group and --data/u,
    );
    expect(() => opened(['cold-a', '--sandbox'], { COUNTERSIGN_MODE: 'production' })).toThrow(
      /never one of production/u,
    );
  });

  test('has no address of its own in production', () => {
    const { environment } = opened(['cold-a', '--group', 'custody'], {
      COUNTERSIGN_MODE: 'production',
    });
    expect(environment['COUNTERSIGN_PARTY_ORIGIN']).toBeUndefined();
  });

  test.each([
    [['cold-a'], /--group/u],
    [['cold-a', '--group', 'treasury'], /--group/u],
    [['Cold A', '--group', 'custody'], /one name in lower case/u],
    [['cold-a', 'cold-b', '--group', 'custody'], /one name in lower case/u],
    [['cold-a', '--group', 'custody', '--force'], /There is no option “--force” here/u],
  ])('refuses %j with a sentence', (words, sentence) => {
    expect(() => read(words)).toThrow(sentence);
  });
});
