import { Button, Group, Modal, Text } from '@mantine/core';
import { problemTexts } from '../../parts/problem-texts.js';
import { useText } from '../../texts/use-text.js';
import type { useAssign } from './use-assign.js';

/** Asks whether a ticket is meant for somebody who is not there, or does not work its queue. */
export function Doubt({ assigning: { doubt, insist, desist } }: { readonly assigning: ReturnType<typeof useAssign> }) {
  const { say } = useText();
  if (!doubt) return null;
  const { asked, problem } = doubt;
  const name = asked.to.name ?? say('words.unnamed');
  return (
    <Modal
      opened
      onClose={desist}
      title={problemTexts(problem, say).title}
      closeButtonProps={{ 'aria-label': say('actions.close') }}
    >
      <Text size="sm">{say('wallboard.doubt', { number: asked.ticket.number, name })}</Text>
      <Group gap="xs" mt="md">
        <Button size="sm" data-autofocus onClick={insist}>
          {say('wallboard.insist')}
        </Button>
        <Button size="sm" variant="default" onClick={desist}>
          {say('wallboard.desist')}
        </Button>
      </Group>
    </Modal>
  );
}
