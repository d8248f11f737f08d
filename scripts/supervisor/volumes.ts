/** Whether a folder lies on an encrypted volume, as Linux tells it: dm-crypt (LUKS), also below LVM or RAID. */
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** `unknown` where the system does not tell: another system, a network's file system, an encryption below the machine. */
export type Volume = 'encrypted' | 'plain' | 'unknown';

type Mount = { device: string; point: string };

/** Octal escapes of spaces and the like in the list of mounts. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );

/** Lines of /proc/self/mountinfo (proc_pid_mountinfo(5)): the third field is the device, the fifth the place. Pure. */
export function mountOf(path: string, mountinfo: string): Mount | null {
  let found: Mount | null = null;
  for (const line of mountinfo.split('\n')) {
    const [, , device, , point] = line.split(' ');
    if (device === undefined || point === undefined) continue;
    const at = unescaped(point);
    const isAbove = at === '/' || path === at || path.startsWith(`${at}/`);
    // What was mounted later over the same place hides what was before.
    if (isAbove && at.length >= (found?.point.length ?? 0)) found = { device, point: at };
  }
  return found;
}

const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
};

/** A device is encrypted when it is a mapping of dm-crypt, or when everything that it is made of is. */
function deviceState(folder: string, depth: number): Volume {
  if (readText(join(folder, 'dm', 'uuid'))?.startsWith('CRYPT-') === true) return 'encrypted';
  let slaves: string[];
  try {
    slaves = readdirSync(join(folder, 'slaves'));
  } catch {
    slaves = [];
  }
  if (slaves.length === 0 || depth === 0) return 'plain';
  const below = slaves.map((name) => deviceState(join(folder, 'slaves', name), depth - 1));
  return below.every((state) => state === 'encrypted') ? 'encrypted' : 'plain';
}

const LAYERS_MAX = 8;

/** @param roots where the system tells of itself; tests have their own. */
export function volumeOf(
  path: string,
  roots: { proc: string; sys: string } = { proc: '/proc', sys: '/sys' },
): Volume {
  const mountinfo = readText(join(roots.proc, 'self', 'mountinfo'));
  if (mountinfo === null) return 'unknown';
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    return 'unknown';
  }
  const device = mountOf(real, mountinfo)?.device;
  // Major number 0 is of file systems without a disk of their own: network, overlay, ZFS and Btrfs.
  if (device === undefined || device.startsWith('0:')) return 'unknown';
  const folder = join(roots.sys, 'dev', 'block', device);
  return readText(join(folder, 'dev')) === null ? 'unknown' : deviceState(folder, LAYERS_MAX);
}
