import { Anchor, Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, desk } from '../api/desk.client.js';
import { problemCode } from '../api/problem.js';
import { useText } from '../texts/use-text.js';
import styles from './sign-in.module.css';
import { SignInRefusal } from './sign-in-refusal.js';
import type { SignInAnswer } from './use-come-in.js';
import { useWaiting } from './use-waiting.js';

interface CodeStepProps {
  readonly onAnswer: (answer: SignInAnswer) => void;
  /** Back to the password: the time for the code is over, or it is somebody else. */
  readonly onBack: () => void;
}

function useCode({ onAnswer, onBack }: CodeStepProps) {
  return useMutation({
    meta: { quiet: true },
    mutationFn: (body: { code: string } | { recoveryCode: string }) =>
      ask(desk.POST('/api/v1/session/second-factor', { body })),
    onSuccess: onAnswer,
    onError: (problem) => {
      if (problemCode(problem) === 'sign_in_over') onBack();
    },
  });
}

/** Second step of signing in: a code of the authenticator program, or a recovery code on the day it is lost. */
export function CodeStep(props: CodeStepProps) {
  const { say } = useText();
  const [recovering, setRecovering] = useState(false);
  const { mutate, isPending, error, reset } = useCode(props);
  const waiting = useWaiting(error);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { code: '' },
    validate: { code: (value) => (value.trim() ? null : say('session.codeMissing')) },
  });
  const swap = (): void => {
    form.reset();
    reset();
    setRecovering(!recovering);
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={form.onSubmit(({ code }) => mutate(recovering ? { recoveryCode: code } : { code }))}
    >
      <TextInput
        {...form.getInputProps('code')}
        key={`${form.key('code')} ${recovering}`}
        label={say(recovering ? 'session.recoveryCode' : 'session.code')}
        description={say(recovering ? 'session.recoveryCodeAbout' : 'session.codeAbout')}
        inputMode={recovering ? 'text' : 'numeric'}
        autoComplete={recovering ? 'off' : 'one-time-code'}
        autoFocus
        size="md"
      />
      <SignInRefusal problem={error} waiting={waiting} />
      <Button type="submit" size="md" loading={isPending} disabled={waiting > 0}>
        {say('session.signIn')}
      </Button>
      <div className={styles.otherWays}>
        <Anchor component="button" type="button" size="sm" onClick={swap}>
          {say(recovering ? 'session.useCode' : 'session.useRecoveryCode')}
        </Anchor>
        <Anchor component="button" type="button" size="sm" onClick={props.onBack}>
          {say('session.back')}
        </Anchor>
      </div>
    </form>
  );
}
