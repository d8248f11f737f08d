import { PanelRow } from '../../ui/panel.tsx';

/** The last row of a panel that shows not all there are. */
export const FirstRows = ({ shown, count }: { shown: number; count: number }) =>
  count > shown && (
    <PanelRow>
      The first {shown} of {count}.
    </PanelRow>
  );
