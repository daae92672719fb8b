import { Modal, Switch, Text } from '@mantine/core';
import { useAllActions } from '../actions/actions.store.js';
import { usePreferences } from '../app/preferences.store.js';
import { useText } from '../texts/use-text.js';
import { KeyCaps } from './key-caps.js';
import styles from './layers.module.css';

/** Every key that works here, by groups; those of one letter can be switched off. */
export function CheatSheet({ onClose }: { readonly onClose: () => void }) {
  const { say } = useText();
  const [{ letterKeys }, choose] = usePreferences();
  const groups = Map.groupBy(
    useAllActions().filter(({ keys }) => keys && keys.length > 0),
    ({ group }) => group,
  );
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={say('actions.cheatSheet')}
      closeButtonProps={{ 'aria-label': say('actions.close') }}
    >
      <Text c="dimmed" size="sm" mb="sm">
        {say('actions.cheatSheetAbout')}
      </Text>
      <Switch
        checked={letterKeys}
        onChange={({ currentTarget }) => choose({ letterKeys: currentTarget.checked })}
        label={say('actions.letters')}
      />
      <div className={styles.groups}>
        {[...groups].map(([group, actions]) => (
          <section className={styles.block} key={group}>
            <h3 className={styles.group}>{group}</h3>
            {actions.map(({ id, title, keys = [] }) => (
              <div className={styles.option} key={id}>
                <span>{title}</span>
                {keys[0] && <KeyCaps keys={keys[0]} />}
              </div>
            ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}
