import { Alert, Button, PasswordInput, SegmentedControl, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ask, desk } from '../api/desk.client.js';
import { setPreferences } from '../app/preferences.store.js';
import { ProblemView } from '../parts/problem-view.js';
import { type Locale, locales, speak } from '../texts/texts.store.js';
import { useText } from '../texts/use-text.js';
import { sessionQuery } from './session.query.js';
import styles from './sign-in.module.css';
import { useWaiting } from './use-waiting.js';
import { wayBack } from './way-back.js';
import { DeskProblem, problemCode } from '../api/problem.js';

const route = getRouteApi('/sign-in');

/** Comes in by e-mail and password, and goes on where one wanted to be. */
export function SignInPage() {
  const { say } = useText();
  const { ended } = route.useSearch();
  useEffect(() => {
    document.title = `${say('session.title')} · Switchboard`;
  }, [say]);
  return (
    <div className={styles.page}>
      <main className={styles.card}>
        <div className={styles.brand}>
          <img src="/assets/favicon.svg" width={32} height={32} alt="" />
          Switchboard
        </div>
        <Title order={1} size="h3">
          {say('session.title')}
        </Title>
        <Text c="dimmed" size="sm">
          {say('session.about')}
        </Text>
        {ended && (
          <Alert role="status" color="desk" variant="light">
            {say('session.ended')}
          </Alert>
        )}
        <SignInForm />
      </main>
      <LanguageSwitch />
    </div>
  );
}

function useSignIn() {
  const queries = useQueryClient();
  const router = useRouter();
  const { back } = route.useSearch();
  return useMutation({
    meta: { quiet: true },
    mutationFn: (body: { email: string; password: string }) => ask(desk.POST('/api/v1/session', { body })),
    onSuccess: (person) => {
      queries.clear();
      queries.setQueryData(sessionQuery.queryKey, person);
      router.history.push(wayBack(back));
    },
  });
}

function SignInForm() {
  const { say } = useText();
  const { mutate, isPending, error } = useSignIn();
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
      <Refusal problem={error} waiting={waiting} />
      <Button type="submit" size="md" loading={isPending} disabled={waiting > 0}>
        {say('session.signIn')}
      </Button>
    </form>
  );
}

/** Why it did not work, in words that help. */
function Refusal({ problem, waiting }: { readonly problem: unknown; readonly waiting: number }) {
  const { say } = useText();
  if (!problem) return null;
  const code = problemCode(problem);
  if (code !== 'wrong_credentials' && code !== 'too_many_requests') return <ProblemView problem={problem} />;
  const mustWait = problem instanceof DeskProblem && problem.facts.retryAfterSeconds !== undefined;
  if (code === 'too_many_requests' && mustWait && waiting === 0) return null;
  return (
    <Alert role="alert" color="red" variant="light">
      {code === 'wrong_credentials' && say('session.wrong')}
      {code === 'too_many_requests' &&
        (waiting > 0 ? say('session.wait', { count: waiting }) : say('session.waitABit'))}
    </Alert>
  );
}

function LanguageSwitch() {
  const { say, locale } = useText();
  return (
    <SegmentedControl
      size="xs"
      aria-label={say('shell.language')}
      value={locale}
      data={locales.map((value) => ({ value, label: value === 'ru' ? 'Русский' : 'English' }))}
      onChange={(chosen) => {
        setPreferences({ locale: chosen as Locale });
        void speak(chosen as Locale);
      }}
    />
  );
}
