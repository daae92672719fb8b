import { Button, Text, Title } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconFilterOff from '@tabler/icons-react/dist/esm/icons/IconFilterOff.mjs';
import IconInbox from '@tabler/icons-react/dist/esm/icons/IconInbox.mjs';
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import IconMapQuestion from '@tabler/icons-react/dist/esm/icons/IconMapQuestion.mjs';
import IconPlugConnected from '@tabler/icons-react/dist/esm/icons/IconPlugConnected.mjs';
import styles from './parts.module.css';

const pictures = {
  /** Nothing exists yet. */
  nothing: IconInbox,
  /** Nothing matches the filter: give a way to reset it. */
  filtered: IconFilterOff,
  /** Everything is done. */
  done: IconCircleCheck,
  /** What the screen needs was never set up: give the way there. */
  unset: IconPlugConnected,
  forbidden: IconLock,
  lost: IconMapQuestion,
} satisfies Record<string, ComponentType<{ size?: number }>>;

interface Props {
  readonly kind: keyof typeof pictures;
  readonly title: string;
  readonly about?: string;
  readonly action?: { readonly label: string; run(): void };
  readonly children?: ReactNode;
}

/** What stands where there is nothing to show, and which kind of nothing it is. */
export function Notice({ kind, title, about, action, children }: Props) {
  const Picture = pictures[kind];
  return (
    <div className={styles.notice}>
      <div className={styles.picture} aria-hidden>
        <Picture size={28} />
      </div>
      <Title order={2} size="h4">
        {title}
      </Title>
      {about && (
        <Text c="dimmed" maw={440}>
          {about}
        </Text>
      )}
      {action && (
        <Button variant="default" mt="sm" onClick={() => action.run()}>
          {action.label}
        </Button>
      )}
      {children}
    </div>
  );
}
