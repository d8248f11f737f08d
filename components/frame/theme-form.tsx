import { THEMES, type Theme } from '#lib/platform/theme.ts';

/** Choice of theme: three buttons of one form, so it works without any script. */
export function ThemeForm({
  current,
  action,
}: {
  current: Theme;
  /** Stores the field `theme`; see `parseTheme`. */
  action: (form: FormData) => Promise<void>;
}) {
  return (
    <form action={action} aria-label="Theme" className="flex gap-1">
      {THEMES.map(({ value, label }) => (
        <button
          key={value}
          type="submit"
          name="theme"
          value={value}
          aria-pressed={value === current}
          className="h-6 rounded-sm border border-transparent px-1.5 text-xs whitespace-nowrap text-text-quiet hover:text-text aria-pressed:border-line aria-pressed:bg-surface aria-pressed:text-text"
        >
          {label}
        </button>
      ))}
    </form>
  );
}
