/** Which installation this is; decided by its start, never by a request. */
export type Mode = 'sandbox' | 'production';

/**
 * The coloured strip over every page of a sandbox. It also says that synced passkeys pass here,
 * because in production they do not. In production there is no strip.
 */
export function EnvironmentStrip({ mode }: { mode: Mode }) {
  if (mode === 'production') return null;
  return (
    <section
      aria-label="Environment"
      className="border-b border-caution-line bg-caution-ground px-4 py-1 text-sm font-medium text-caution wide:px-5.5"
    >
      Sandbox. Keys and chains here are for trying out; nothing of value moves. Synced passkeys are
      accepted here.
    </section>
  );
}
