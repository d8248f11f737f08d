import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFolder } from './testing/processes.ts';
import { mountOf, volumeOf } from './volumes.ts';

const mounts = [
  '27 1 254:0 / / rw,relatime - ext4 /dev/vda rw',
  '30 27 253:2 / /srv/data rw - ext4 /dev/mapper/data rw',
  '31 27 253:3 / /srv/with\\040space rw - ext4 /dev/mapper/other rw',
  '32 27 0:44 / /mnt/net rw - nfs4 server:/x rw',
].join('\n');

describe('the volume of a folder', () => {
  it.each([
    ['/home', '254:0'],
    ['/srv/data', '253:2'],
    ['/srv/data/deep', '253:2'],
    ['/srv/database', '254:0'],
    ['/srv/with space/x', '253:3'],
    ['/mnt/net/x', '0:44'],
  ])('%s is on %s', (path, device) => {
    expect(mountOf(path, mounts)?.device).toBe(device);
  });

  it('mounted twice is the one that hides the other', () => {
    expect(mountOf('/srv/data', `${mounts}\n40 27 8:1 / /srv/data rw - ext4 /dev/sda1 rw`)).toEqual(
      { device: '8:1', point: '/srv/data' },
    );
  });
});

/** A machine with a plain disk, a dm-crypt mapping on it, and LVM on that. */
function machine(): { proc: string; sys: string; at: (device: string) => string } {
  const root = newFolder();
  const sys = join(root, 'sys');
  const block = join(sys, 'dev', 'block');
  const device = (name: string, uuid: string | null, slaves: readonly string[]): void => {
    const folder = join(block, name);
    mkdirSync(join(folder, 'slaves'), { recursive: true });
    writeFileSync(join(folder, 'dev'), `${name}\n`);
    if (uuid !== null) {
      mkdirSync(join(folder, 'dm'));
      writeFileSync(join(folder, 'dm', 'uuid'), `${uuid}\n`);
    }
    for (const slave of slaves) symlinkSync(join(block, slave), join(folder, 'slaves', slave));
  };
  device('254:0', null, []);
  device('253:0', 'CRYPT-LUKS2-abc-data', ['254:0']);
  device('253:1', 'LVM-xyz', ['253:0']);
  device('253:2', 'LVM-both', ['253:0', '254:0']);
  const proc = join(root, 'proc');
  mkdirSync(join(proc, 'self'), { recursive: true });
  return {
    sys,
    proc,
    at: (on) => {
      const folder = join(root, 'data');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(proc, 'self', 'mountinfo'), `27 1 ${on} / / rw - ext4 x rw\n`);
      return folder;
    },
  };
}

describe('a folder lies encrypted', () => {
  it.each([
    ['254:0', 'plain'],
    ['253:0', 'encrypted'],
    ['253:1', 'encrypted'],
    // A volume over an encrypted and a plain disk is not.
    ['253:2', 'plain'],
    ['0:44', 'unknown'],
    ['9:9', 'unknown'],
  ])('on %s: %s', (device, state) => {
    const { at, ...roots } = machine();
    expect(volumeOf(at(device), roots)).toBe(state);
  });

  it('is not known of a folder that is not there, or on a system that does not tell', () => {
    const { at, ...roots } = machine();
    at('253:0');
    expect(volumeOf('/nonexistent/x', roots)).toBe('unknown');
    expect(volumeOf('/', { ...roots, proc: '/nonexistent' })).toBe('unknown');
  });
});
