/** Pieces that every part of the page is made of. */
import { html, type Markup } from './markup.ts';

export const fact = (name: string, value: Markup | string | number): Markup =>
  html`<dt>${name}</dt>
    <dd>${value}</dd>`;

/** Digests and keys in groups of four, as the console shows them, too. */
export const hex = (text: string): Markup =>
  html`<code>${text.match(/.{1,4}/gu)?.join(' ') ?? text}</code>`;

export const words = (six: readonly string[]): Markup =>
  html`<p class="words">${six.join(' ')}</p>`;

export const hint = (sentence: string): Markup => html`<p class="quiet">${sentence}</p>`;

export const alert = (problem: string | null): Markup | null =>
  problem === null ? null : html`<p class="problem" role="alert">${problem}</p>`;
