import { z } from 'zod';
import { stopReasonNames, type StopReason } from './stop-reasons.ts';

const codes = Object.keys(stopReasonNames) as [StopReason, ...StopReason[]];

/** A reason as a form sends it. */
export const stopReason = z.enum(codes, 'Choose a reason.');
