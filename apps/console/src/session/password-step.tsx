import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { ask, desk } from '../api/desk.client.js';
import { useText } from '../texts/use-text.js';
import styles from './sign-in.module.css';
import { SignInRefusal } from './sign-in-refusal.js';
import type { SignInAnswer } from './use-come-in.js';
import { useWaiting } from './use-waiting.js';

/** First step of signing in: who it is, by e-mail and password. */
export function PasswordStep({ onAnswer }: { readonly onAnswer: (answer: SignInAnswer) => void }) {
  const { say } = useText();
  const { mutate, isPending, error } = useMutation({
    meta: { quiet: true },
    mutationFn: (body: { email: string; password: string }) => ask(desk.POST('/api/v1/session', { body })),
    onSuccess: onAnswer,
  });
  const waiting = useWaiting(error);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() ? null : say('session.emailMissing')),
      password: (value) => (value ? null : say('session.passwordMissing')),
    },
  });
  return (
    <form className={styles.form} noValidate onSubmit={form.onSubmit((values) => mutate(values))}>
      <TextInput
        {...form.getInputProps('email')}
        key={form.key('email')}
        label={say('session.email')}
        type="email"
        autoComplete="username"
        autoFocus
        size="md"
      />
      <PasswordInput
        {...form.getInputProps('password')}
        key={form.key('password')}
        label={say('session.password')}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': say('session.showPassword') }}
        size="md"
      />
      <SignInRefusal problem={error} waiting={waiting} />
      <Button type="submit" size="md" loading={isPending} disabled={waiting > 0}>
        {say('session.signIn')}
      </Button>
    </form>
  );
}
