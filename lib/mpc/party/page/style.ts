/** The one style sheet of a party's page; the content security policy allows it by its hash. */
import { createHash } from 'node:crypto';
import { Markup } from './markup.ts';

const style = `
:root { color-scheme: light dark; font: 400 0.875rem/1.5 Inter, ui-sans-serif, system-ui, sans-serif;
  --page: light-dark(oklch(98.4% 0.002 250), oklch(17.5% 0.012 255));
  --surface: light-dark(oklch(100% 0 0), oklch(21% 0.013 255));
  --line: light-dark(oklch(90.5% 0.005 250), oklch(30% 0.014 255));
  --text: light-dark(oklch(22% 0.015 255), oklch(94% 0.006 250));
  --quiet: light-dark(oklch(48% 0.015 255), oklch(71% 0.014 250));
  --accent: light-dark(oklch(42% 0.11 255), oklch(74% 0.11 250));
  --on-accent: light-dark(oklch(100% 0 0), oklch(17.5% 0.012 255));
  --caution: light-dark(oklch(50% 0.12 70), oklch(82% 0.12 82));
  --caution-ground: light-dark(oklch(95.5% 0.045 85), oklch(28% 0.045 80));
  --danger: light-dark(oklch(48% 0.17 27), oklch(75% 0.14 25));
  --danger-ground: light-dark(oklch(96% 0.025 25), oklch(28% 0.06 25));
  --danger-line: light-dark(oklch(82% 0.09 25), oklch(45% 0.1 25));
  --danger-fill: light-dark(oklch(48% 0.17 27), oklch(52% 0.17 27));
  --on-danger: oklch(100% 0 0);
  --good: light-dark(oklch(44% 0.1 155), oklch(78% 0.11 155));
  --good-ground: light-dark(oklch(95.5% 0.03 155), oklch(27% 0.045 155));
  --edge: light-dark(oklch(63% 0.012 255), oklch(54% 0.016 255)); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); }
.strip { padding: 8px 24px; background: var(--caution-ground); color: var(--caution); font-weight: 500; }
header { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: center; max-width: 60rem; margin: 0 auto; padding: 12px 24px 0; }
header .name { margin: 0; font-weight: 600; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px; margin: 0; padding: 0; list-style: none; }
nav a { display: block; padding: 6px 12px; border-radius: 4px; color: var(--text); text-decoration: none; }
nav a:hover { background: var(--surface); text-decoration: underline; }
nav a[aria-current] { background: var(--surface); box-shadow: inset 0 -2px var(--accent); }
nav a.stop { border: 1px solid var(--danger-line); color: var(--danger); font-weight: 500; }
nav a.stop[aria-current] { background: var(--danger-ground); box-shadow: none; }
main { max-width: 60rem; margin: 0 auto; padding: 24px 24px 64px; }
a { color: var(--accent); }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.36; letter-spacing: -0.011em; }
h2 { margin: 0 0 12px; font-size: 1rem; font-weight: 600; }
p { margin: 0 0 12px; max-width: 72ch; }
.strip { margin: 0; max-width: none; }
.quiet, th { color: var(--quiet); font-weight: 400; }
section { margin-top: 24px; padding: 20px 24px; background: var(--surface); border: 1px solid var(--line); border-radius: 6px; }
dl { display: grid; grid-template-columns: minmax(8rem, 16rem) 1fr; gap: 8px 24px; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
code { font: 400 0.8125rem/1.6 "JetBrains Mono", ui-monospace, monospace; overflow-wrap: anywhere; }
.address { font-size: 1rem; }
.address span { display: inline-block; margin-right: 0.5ch; }
.words { margin: 0 0 12px; font-size: 1.25rem; font-weight: 600; line-height: 1.6; word-spacing: 0.4em; }
.key { margin: 0; font: 500 0.8125rem/1.6 "JetBrains Mono", ui-monospace, monospace; }
ol { margin: 0 0 16px; padding-left: 20px; max-width: 72ch; }
main li + li { margin-top: 6px; }
main ul { margin: 0; padding-left: 20px; }
li::marker { color: var(--quiet); }
section > .problem { margin-top: 16px; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 16px 8px 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-top: 0; }
td code, time { white-space: nowrap; }
caption { padding-bottom: 4px; text-align: left; }
.scroll { margin-top: 16px; }
h2 + .scroll { margin-top: 0; }
label { display: block; margin-bottom: 4px; font-weight: 500; }
input, select, textarea { width: 100%; max-width: 32rem; padding: 8px 12px; border: 1px solid var(--edge); border-radius: 4px;
  background: var(--page); color: var(--text); font: 400 0.875rem/1.5 "JetBrains Mono", ui-monospace, monospace; }
select, textarea { font-family: inherit; }
* + label, form > details { margin-top: 12px; }
button { display: block; margin-top: 16px; padding: 8px 16px; border: 0; border-radius: 4px; background: var(--accent);
  color: var(--on-accent); font: inherit; font-weight: 500; cursor: pointer; }
button.danger { background: var(--danger-fill); color: var(--on-danger); }
button.grave { width: 100%; padding: 20px 24px; font-size: 1.25rem; font-weight: 600; }
button:disabled { opacity: 0.6; cursor: default; }
summary { width: max-content; padding: 4px 0; color: var(--quiet); cursor: pointer; }
details p { margin: 6px 0 0; }
.who { margin-bottom: 16px; }
.who .quiet { margin: 4px 0 0; }
section.grave { border-color: var(--danger-line); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 16px 32px; }
.status { margin: 16px 0 0; font-weight: 500; }
form .problem { margin: 16px 0 0; }
.code { margin: 8px 0 0; font: 600 2rem/1.4 "JetBrains Mono", ui-monospace, monospace; letter-spacing: 0.12em; }
dd.good { color: var(--good); }
dd.caution { color: var(--caution); }
dd.danger { color: var(--danger); }
dd .note { margin: 4px 0 0; color: var(--quiet); overflow-wrap: anywhere; }
dd .words { margin: 0; }
.answer.good { background: var(--good-ground); }
.answer.caution { background: var(--caution-ground); }
.answer.danger { background: var(--danger-ground); }
.answer dd { font-weight: 500; }
.answer .note { color: inherit; font-weight: 400; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.pages { margin-top: 16px; }
[hidden] { display: none; }
.qr { display: block; width: min(80vmin, 36rem); height: auto; margin-bottom: 12px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.problem { padding: 12px 16px; border-radius: 4px; background: var(--danger-ground); color: var(--danger); }
@media (max-width: 40rem) { header { padding: 12px 16px 0; } main { padding: 24px 16px 48px; } section { padding: 16px; } th, td { padding-right: 12px; } td code, td time { white-space: normal; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 8px; } }
`;

/** In one piece, because the hash covers every character between the tags. */
export const styleElement = new Markup(`<style>${style}</style>`);

const styleHash = createHash('sha256').update(style).digest('base64');

const headersUnder = (policy: string): Readonly<Record<string, string>> => ({
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; ${policy}form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
});

/** Of a page that runs nothing. */
export const pageHeaders = headersUnder('');

/** Of a page that runs one script, by its hash, which talks to this party only. */
export const pageHeadersWith = (scriptHash: string): Readonly<Record<string, string>> =>
  headersUnder(`script-src 'sha256-${scriptHash}'; connect-src 'self'; `);
