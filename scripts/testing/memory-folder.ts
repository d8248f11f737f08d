/** Where files of a test run can lie in memory instead of on a disk. */
import { accessSync, constants, statfsSync } from 'node:fs';

/** Linux keeps what is written there in memory. */
const SHARED_MEMORY = '/dev/shm';
const GIB = 1_073_741_824;
/** Several times what the files of a run took when it was measured, and what is left to its processes then. */
const ROOM = { folder: 4 * GIB, memory: 8 * GIB } as const;

/** Bytes free in the folder of files in memory, and bytes of memory that processes may still take. */
export type Room = { folder: number; memory: number };

/** A container often has a folder of 64 MB only, and a small machine needs its memory for the processes. */
export const isRoomy = ({ folder, memory }: Room): boolean =>
  folder >= ROOM.folder && memory >= ROOM.memory;

/** @returns the folder of files in memory where there is one that all can write to, and room in it; else null. */
export function memoryFolder(): string | null {
  try {
    accessSync(SHARED_MEMORY, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(SHARED_MEMORY);
    const room = { folder: bavail * bsize, memory: process.availableMemory() };
    return isRoomy(room) ? SHARED_MEMORY : null;
  } catch {
    return null;
  }
}
