import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readCommand } from './command.ts';
import { findNetworks, requireOffline } from './offline.ts';
import { openScreen } from './screen.ts';

const address = (internal: boolean) => ({
  address: internal ? '127.0.0.1' : '192.0.2.7',
  netmask: '255.0.0.0',
  family: 'IPv4' as const,
  mac: '00:00:00:00:00:00',
  internal,
  cidr: null,
});

describe('a machine with a network', () => {
  test('is refused by the name of the network, and one with loopback alone is not', () => {
    const online = { lo: [address(true)], wlan0: [address(false)], eth0: [address(false)] };
    expect(findNetworks(online)).toEqual(['eth0', 'wlan0']);
    expect(() => requireOffline(online, false)).toThrow('This machine has a network (eth0, wlan0)');
    expect(() => requireOffline({ lo: [address(true)], gone: undefined }, false)).not.toThrow();
  });

  test('is taken only when somebody says so', () => {
    expect(() => requireOffline({ eth0: [address(false)] }, true)).not.toThrow();
  });
});

describe('the words after `npm run recover --`', () => {
  test('say what to do', () => {
    expect(readCommand([])).toEqual({ do: 'help' });
    expect(readCommand(['--backups', 'b'])).toMatchObject({
      do: 'rebuild',
      owner: null,
      onlineOk: false,
      out: null,
      yes: false,
    });
    expect(readCommand(['--backups', 'b', '--drill', '--party', 'control'])).toMatchObject({
      do: 'drill',
      party: 'control',
    });
  });

  test('take the parts of the sample custodians with --sandbox, and in production never', () => {
    const words = ['--backups', 'b', '--drill', '--party', 'control', '--sandbox'];
    const folder = '/data/sandbox/custodians';
    const sandbox = { NODE_ENV: 'test', COUNTERSIGN_DATA: '/data' } as const;
    expect(readCommand(words, sandbox)).toMatchObject({
      parts: `${folder}/parts`,
      sandbox: folder,
      onlineOk: true,
    });
    expect(readCommand([...words, '--parts', 'own'], sandbox)).toMatchObject({ parts: 'own' });
    expect(readCommand(words.slice(0, -1), sandbox)).toMatchObject({
      parts: null,
      sandbox: null,
      onlineOk: false,
    });
    expect(() => readCommand(words, { ...sandbox, COUNTERSIGN_MODE: 'production' })).toThrow(
      'never those of production',
    );
    expect(() => readCommand(['group', '--sandbox'], sandbox)).toThrow('Leave out --sandbox');
  });

  test.each([
    [['--backups'], 'backups'],
    [['--key', 'key-1'], '--backups is missing'],
    [['--backups', 'b', '--epoch', '0'], '--epoch is missing or not of the form'],
    [['--backups', 'b', '--epoch', '1e3'], '--epoch'],
    [['--backups', 'b', '--key', 'Not A Slug'], '--key'],
    [['--backups', 'b', '--force'], '--force'],
    [['--backups', 'b', 'elsewhere'], 'npm run recover'],
    [['--backups', 'b', '--drill', '--sign', 'f'], 'can sign nothing'],
    [['group', '--backups', 'b'], '--organisation is missing'],
    [
      'group --backups b --organisation o --environment sandbox --id g --party control --threshold 2 --custodians Ada,Bea'.split(
        ' ',
      ),
      '“Ada” is no person',
    ],
  ])('%j are refused with a sentence', (words, sentence) => {
    expect(() => readCommand(words)).toThrow(sentence);
  });
});

describe('the screen', () => {
  function terminal() {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
    const output = new PassThrough();
    let shown = '';
    output.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
    });
    return { input, screen: openScreen(input, output), shown: () => shown };
  }

  test('shows nothing of what answers a hidden question, and takes corrections in it', async () => {
    const { input, screen, shown } = terminal();
    const asked = screen.askHidden('Part: ');
    input.write('secrex\u007ft part');
    input.write('\r');
    expect(await asked).toBe('secret part');
    screen.close();
    expect(shown()).toBe('Part: \n');
  });

  test('shows what answers an open question, and nothing that is typed before one', async () => {
    const { input, screen, shown } = terminal();
    input.write('typed too early\r');
    expect(await screen.askHidden('Part: ')).toBe('typed too early');
    const asked = screen.ask('Sign? ');
    input.write('sign\r');
    expect(await asked).toBe('sign');
    screen.close();
    expect(shown()).not.toContain('typed');
    expect(shown()).toContain('sign');
  });

  test('answers null when input ends or is broken off', async () => {
    const { input, screen } = terminal();
    const asked = screen.askHidden('Part: ');
    input.write('half a pa\u0003');
    expect(await asked).toBeNull();
    expect(await screen.ask('Sign? ')).toBeNull();
  });
});
