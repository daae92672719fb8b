import { ActionIcon, Button, NumberInput, Popover, SegmentedControl } from '@mantine/core';
import IconAdjustments from '@tabler/icons-react/dist/esm/icons/IconAdjustments.mjs';
import { useState } from 'react';
import { useText } from '../../texts/use-text.js';
import type { Worker } from './staffing.js';
import { useWorkerSettings } from './use-worker-settings.js';
import styles from './wallboard.module.css';

const presences = ['on', 'away', 'off'] as const;

/** Whether somebody takes work and how much, said for them by whoever leads. */
export function WorkerSettings({ worker }: { readonly worker: Worker }) {
  const { say } = useText();
  const [isOpen, setOpen] = useState(false);
  const name = worker.name ?? say('words.unnamed');
  return (
    <Popover
      position="bottom-end"
      width={300}
      trapFocus
      returnFocus
      opened={isOpen}
      onChange={setOpen}
      onDismiss={() => setOpen(false)}
    >
      <Popover.Target>
        <ActionIcon aria-label={say('wallboard.settings', { name })} onClick={() => setOpen((before) => !before)}>
          <IconAdjustments size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('wallboard.settings', { name })}>
        <SettingsForm worker={worker} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function SettingsForm({ worker, onDone }: { readonly worker: Worker; readonly onDone: () => void }) {
  const { say } = useText();
  const { mutate, isPending } = useWorkerSettings(worker.id);
  const [presence, setPresence] = useState(worker.presence);
  const [capacity, setCapacity] = useState(worker.capacity);
  const save = (): void => {
    const change = {
      ...(presence !== worker.presence && { presence }),
      ...(capacity !== worker.capacity && { capacity }),
    };
    mutate(change, { onSuccess: onDone });
  };
  return (
    <form
      className={styles.settings}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={say('shell.presenceLabel')}
        value={presence}
        data={presences.map((value) => ({ value, label: say(`wallboard.presence.${value}`) }))}
        onChange={(value) => setPresence(value as Worker['presence'])}
      />
      <NumberInput
        size="xs"
        label={say('wallboard.capacity')}
        min={0}
        max={1_000}
        allowDecimal={false}
        clampBehavior="strict"
        value={capacity}
        onChange={(value) => setCapacity(Number(value))}
      />
      <Button size="xs" type="submit" loading={isPending}>
        {say('wallboard.save')}
      </Button>
    </form>
  );
}
