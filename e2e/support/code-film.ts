/** The codes on a screen, as a scanner reads them and as a camera films them. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { decodeQR } from 'qr/decode.js';

/** Light values row by row, 0 for black, of a square picture. */
export type CodePicture = { side: number; light: Uint8Array };

/** What `modulesPath` draws: one bar for each run of dark modules in a row. */
const BAR = /M(?<x>\d+) (?<y>\d+)h(?<length>\d+)v1h-\d+z/gu;

const FILM_SIDE = 720;
/** Frames a second, and frames for which each code stands. */
const RATE = 10;
const FRAMES_EACH = 6;

/** Grey of paper and ink before a camera: neither is white or black. */
const PAPER = 225;
const INK = 35;

/** The code that a page shows now, drawn at the scale of a film. */
export async function takePicture(code: Locator): Promise<CodePicture> {
  const box = (await code.getAttribute('viewBox')) ?? '';
  const modules = Number(box.split(' ').at(-1));
  const path = (await code.locator('path').getAttribute('d')) ?? '';
  const scale = Math.floor(FILM_SIDE / modules);
  const margin = Math.floor((FILM_SIDE - scale * modules) / 2);
  const light = new Uint8Array(FILM_SIDE * FILM_SIDE).fill(PAPER);
  for (const bar of path.matchAll(BAR)) {
    const { x = '', y = '', length = '' } = bar.groups ?? {};
    const left = margin + Number(x) * scale;
    for (let line = 0; line < scale; line += 1) {
      const start = (margin + Number(y) * scale + line) * FILM_SIDE + left;
      light.fill(INK, start, start + Number(length) * scale);
    }
  }
  return { side: FILM_SIDE, light };
}

/** What the decoder of the console's page makes of a picture. @throws where it sees no code. */
export function readPicture({ side, light }: CodePicture): string {
  const data = new Uint8ClampedArray(light.length * 4).fill(255);
  light.forEach((value, place) => data.fill(value, place * 4, place * 4 + 3));
  return decodeQR({ width: side, height: side, data });
}

/** Writes a film (YUV4MPEG2, without colour) that shows the pictures one after the other. */
export function writeFilm(path: string, pictures: readonly CodePicture[]): void {
  const colour = new Uint8Array((FILM_SIDE * FILM_SIDE) / 2).fill(128);
  const file = openSync(path, 'w', 0o600);
  try {
    writeSync(file, `YUV4MPEG2 W${FILM_SIDE} H${FILM_SIDE} F${RATE}:1 Ip A1:1 C420\n`);
    for (const { light } of pictures)
      for (let frame = 0; frame < FRAMES_EACH; frame += 1) {
        writeSync(file, 'FRAME\n');
        writeSync(file, light);
        writeSync(file, colour);
      }
  } finally {
    closeSync(file);
  }
}
