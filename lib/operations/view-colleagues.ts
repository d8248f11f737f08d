/** Whether this installation has sample colleagues, so that screens can offer to ask one. */
import { webEnvironment } from '#lib/platform/env.ts';

/** True in a sandbox whose colleagues run beside it; never in production. */
export function hasColleagues(): boolean {
  const { mode, colleagues } = webEnvironment();
  return mode === 'sandbox' && colleagues !== null;
}
