import type { ReactNode } from 'react';

export type NoticeTone = 'info' | 'caution' | 'danger' | 'good';

const TONES: Record<NoticeTone, { box: string; title: string }> = {
  info: { box: 'border-info-line bg-info-ground', title: 'text-info' },
  caution: { box: 'border-caution-line bg-caution-ground', title: 'text-caution' },
  danger: { box: 'border-danger-line bg-danger-ground', title: 'text-danger' },
  good: { box: 'border-good-line bg-good-ground', title: 'text-good' },
};

export type NoticeProps = {
  tone?: NoticeTone;
  /** Says it in a few words and ends with a full stop; it runs on into the first sentence. */
  title: ReactNode;
  children?: ReactNode;
  /** Quieter second paragraph. */
  more?: ReactNode;
  /** What to do about it: a button or a link. */
  action?: ReactNode;
  /** Set when it appears after the page was read: `polite` waits, `assertive` interrupts. */
  announce?: 'polite' | 'assertive';
};

/** A boxed message that stays where it was put: what happened, what was kept, what to do. */
export function Notice({ tone = 'info', title, children, more, action, announce }: NoticeProps) {
  const { box, title: titleTone } = TONES[tone];
  return (
    <div
      role={announce === 'assertive' ? 'alert' : announce === 'polite' ? 'status' : undefined}
      className={`rounded-md border px-3.5 py-3 ${box}`}
    >
      <p>
        <strong className={titleTone}>{title}</strong> {children}
      </p>
      {more && <p className="mt-1 text-sm text-text-quiet">{more}</p>}
      {action && <div className="mt-3 flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}
