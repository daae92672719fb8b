import { Modal, Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useAllActions } from '../actions/actions.store.js';
import type { Action } from '../actions/action.js';
import { useText } from '../texts/use-text.js';
import { findActions } from './find-actions.js';
import { KeyCaps } from './key-caps.js';
import styles from './layers.module.css';

const optionId = (index: number): string => `command-${index}`;

/** Everything that can be done here, found by typing; it shows the key of each, so that one learns them. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { say } = useText();
  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState(0);
  const found = findActions(useAllActions(), query);
  const run = (action: Action | undefined): void => {
    if (!action || action.disabledBecause) return;
    onClose();
    action.run();
  };
  const onKeyDown = byKey({
    ArrowDown: () => setCurrent((index) => Math.min(index + 1, found.length - 1)),
    ArrowUp: () => setCurrent((index) => Math.max(index - 1, 0)),
    Enter: () => run(found[current]),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      size="lg"
      yOffset="12vh"
      aria-label={say('actions.palette')}
    >
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="commands"
        aria-activedescendant={found.length > 0 ? optionId(current) : undefined}
        aria-label={say('actions.search')}
        placeholder={say('actions.search')}
        value={query}
        onChange={({ currentTarget }) => {
          setQuery(currentTarget.value);
          setCurrent(0);
        }}
        onKeyDown={onKeyDown}
      />
      <Commands found={found} current={current} onRun={run} />
    </Modal>
  );
}

interface CommandsProps {
  readonly found: readonly Action[];
  readonly current: number;
  readonly onRun: (action: Action) => void;
}

function Commands({ found, current, onRun }: CommandsProps) {
  const { say } = useText();
  return (
    <>
      <div className={styles.options} id="commands" role="listbox" aria-label={say('actions.palette')} tabIndex={-1}>
        {found.map((action, index) => (
          <Command key={action.id} action={action} index={index} isCurrent={index === current} onRun={onRun} />
        ))}
      </div>
      {found.length === 0 && (
        <Text role="status" c="dimmed" p="sm">
          {say('actions.nothing')}
        </Text>
      )}
    </>
  );
}

/** Handles the keys that are named here; whoever writes with an input method is left alone. */
const byKey =
  (steps: Readonly<Record<string, () => void>>) =>
  (event: KeyboardEvent): void => {
    const step = event.nativeEvent.isComposing ? undefined : steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  };

interface CommandProps {
  readonly action: Action;
  readonly index: number;
  readonly isCurrent: boolean;
  readonly onRun: (action: Action) => void;
}

function Command({ action, index, isCurrent, onRun }: CommandProps) {
  const [keys] = action.keys ?? [];
  return (
    <div
      id={optionId(index)}
      ref={isCurrent ? (option) => option?.scrollIntoView({ block: 'nearest' }) : null}
      className={styles.option}
      role="option"
      aria-selected={isCurrent}
      aria-disabled={Boolean(action.disabledBecause)}
      title={action.disabledBecause}
      onClick={() => onRun(action)}
    >
      <span>
        {action.title}{' '}
        <Text span size="xs" c="dimmed">
          {action.group}
        </Text>
      </span>
      {keys && <KeyCaps keys={keys} />}
    </div>
  );
}
