import { Button, Code, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useText } from '../texts/use-text.js';
import styles from './parts.module.css';

/** What is shown instead of a screen that threw. */
export function Crash({ error }: { readonly error: unknown }) {
  const { say } = useText();
  // A file of the build that the page was opened with is gone: the desk was updated meanwhile.
  const isOld = error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
  return (
    <div className={styles.notice} role="alert">
      <Title order={2} size="h4">
        {say(isOld ? 'parts.updated' : 'parts.crashed')}
      </Title>
      <Text c="dimmed" maw={440}>
        {say(isOld ? 'parts.updatedAbout' : 'parts.crashedAbout')}
      </Text>
      {!isOld && <Code>{error instanceof Error ? `${error.name}: ${error.message}` : String(error)}</Code>}
      <Button mt="sm" onClick={() => location.reload()}>
        {say('parts.reload')}
      </Button>
    </div>
  );
}

interface Props {
  readonly children: ReactNode;
  /** Another value gives the screen another chance. */
  readonly resetKey: string;
}

interface State {
  readonly error: unknown;
  readonly key: string;
}

/** Keeps a screen that throws from taking the frame along. */
export class CrashBoundary extends Component<Props, State> {
  override state: State = { error: undefined, key: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps({ resetKey }: Props, { key }: State): State | null {
    return resetKey === key ? null : { key: resetKey, error: undefined };
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <Crash error={this.state.error} />;
  }
}
