import { Alert, Button, Group, Text } from '@mantine/core';
import { problemCode } from '../../api/problem.js';
import { ProblemView } from '../../parts/problem-view.js';
import { useText } from '../../texts/use-text.js';
import type { useComposer } from './use-composer.js';

interface Props {
  readonly composer: ReturnType<typeof useComposer>;
  readonly onEdit: () => void;
}

/** Why a text did not go, while it still stands where it was written. */
export function ComposerTrouble({ composer: { sending, submit }, onEdit }: Props) {
  const { say } = useText();
  if (!sending.error) return null;
  const { then } = sending.variables ?? {};
  if (problemCode(sending.error) !== 'precondition_failed') {
    return <ProblemView problem={sending.error} onRetry={() => submit(then)} />;
  }
  return (
    <Alert role="alert" color="orange" variant="light" title={say('composer.newer')}>
      <Text size="sm">{say('composer.newerAbout')}</Text>
      <Group gap="xs" mt="xs">
        <Button size="xs" variant="default" onClick={() => submit(then, true)}>
          {say('composer.sendAnyway')}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            sending.reset();
            onEdit();
          }}
        >
          {say('composer.edit')}
        </Button>
      </Group>
    </Alert>
  );
}
