import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import { DeskProblem } from '../api/problem.js';
import { useText } from '../texts/use-text.js';
import { problemTexts } from './problem-texts.js';

interface Props {
  readonly problem: unknown;
  readonly onRetry?: () => void;
}

/** What was refused and why, the request by its id, and a way to try again. The rest of the screen goes on working. */
export function ProblemView({ problem, onRetry }: Props) {
  const { say } = useText();
  const { title, detail } = problemTexts(problem, say);
  const { faults = [], requestId } = problem instanceof DeskProblem ? problem.facts : {};
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} title={title}>
      {detail && <Text size="sm">{detail}</Text>}
      {faults.map(({ path, message }) => (
        <Text size="sm" key={`${path} ${message}`}>
          {message}
        </Text>
      ))}
      {requestId && <RequestId id={requestId} />}
      {onRetry && (
        <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
          {say('parts.retry')}
        </Button>
      )}
    </Alert>
  );
}

function RequestId({ id }: { readonly id: string }) {
  const { say } = useText();
  return (
    <Group gap="xs" mt="xs">
      <Code>{say('parts.requestId', { id })}</Code>
      <CopyButton value={id}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy}>
            {copied ? say('parts.copied') : say('parts.copyRequestId')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
