import { Alert, SegmentedControl, Text, Title } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { setPreferences } from '../app/preferences.store.js';
import { type Locale, locales, speak } from '../texts/texts.store.js';
import { useText } from '../texts/use-text.js';
import { CodeStep } from './code-step.js';
import { PasswordStep } from './password-step.js';
import styles from './sign-in.module.css';
import { type SignInAnswer, useComeIn } from './use-come-in.js';

const route = getRouteApi('/sign-in');

/** Comes in by e-mail and password, with a code where the person wants one, and goes on where one wanted to be. */
export function SignInPage() {
  const { say } = useText();
  const { ended } = route.useSearch();
  const comeIn = useComeIn();
  const [step, setStep] = useState<'password' | 'code'>('password');
  const answered = (answer: SignInAnswer): void => {
    if (answer.state === 'totp_required') setStep('code');
    else comeIn(answer);
  };
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
        {step === 'password' ? (
          <PasswordStep onAnswer={answered} />
        ) : (
          <CodeStep onAnswer={answered} onBack={() => setStep('password')} />
        )}
      </main>
      <LanguageSwitch />
    </div>
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
