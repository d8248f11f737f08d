'use client';

import { useFormStatus } from 'react-dom';
import { Button, type ButtonProps } from './button.tsx';

/** The button of a form: pending, and not to be pressed twice, while the form's action runs. */
export function SubmitButton(props: Omit<ButtonProps, 'pending' | 'type'>) {
  const { pending } = useFormStatus();
  return <Button {...props} type="submit" pending={pending} />;
}
