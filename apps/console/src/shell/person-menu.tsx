import { Menu } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconLogout from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs';
import type { ReactNode } from 'react';
import { type Preferences, usePreferences } from '../app/preferences.store.js';
import { useLiveStatus } from '../live/live.store.js';
import { usePerson } from '../session/session.query.js';
import { useSignOut } from '../session/use-sign-out.js';
import { locales, speak } from '../texts/texts.store.js';
import { useText } from '../texts/use-text.js';
import { initialsOf } from './initials.js';
import controls from '../parts/controls.module.css';
import styles from './shell.module.css';

/** Who one is, and how one likes the desk to look. */
export function PersonMenu() {
  const { say } = useText();
  const { name, role } = usePerson();
  const { state } = useLiveStatus();
  const signOut = useSignOut();
  const line = say(state === 'open' ? 'live.open' : 'live.connecting');
  return (
    <Menu position="top-start" width={240} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className={`${controls.line} ${styles.person}`}>
          <span className={styles.initials} aria-hidden>
            {initialsOf(name)}
          </span>
          <span className={styles.two}>
            <span>{name}</span>
            <span>{say(`words.role.${role}`)}</span>
          </span>
          <span className={styles.dot} data-state={state} title={line} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Looks />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
          {say('session.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const themes: readonly Preferences['theme'][] = ['system', 'light', 'dark'];
const densities: readonly Preferences['density'][] = ['cosy', 'compact'];

/** Theme, density and language. */
function Looks() {
  const { say, locale } = useText();
  const [chosen, choose] = usePreferences();
  return (
    <>
      <Choice title={say('shell.theme')}>
        {themes.map((theme) => (
          <Option key={theme} isOn={chosen.theme === theme} onClick={() => choose({ theme })}>
            {say(`shell.themes.${theme}`)}
          </Option>
        ))}
      </Choice>
      <Choice title={say('shell.density')}>
        {densities.map((density) => (
          <Option key={density} isOn={chosen.density === density} onClick={() => choose({ density })}>
            {say(`shell.densities.${density}`)}
          </Option>
        ))}
      </Choice>
      <Choice title={say('shell.language')}>
        {locales.map((one) => (
          <Option
            key={one}
            isOn={locale === one}
            onClick={() => {
              choose({ locale: one });
              void speak(one);
            }}
          >
            {say(`shell.languages.${one}`)}
          </Option>
        ))}
      </Choice>
    </>
  );
}

function Choice({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div role="group" aria-label={title}>
      <Menu.Label>{title}</Menu.Label>
      {children}
      <Menu.Divider />
    </div>
  );
}

interface OptionProps {
  readonly isOn: boolean;
  readonly children: string;
  readonly onClick: () => void;
}

function Option({ isOn, children, onClick }: OptionProps) {
  return (
    <Menu.RadioItem value={children} checked={isOn} checkIcon={<IconCheck size={14} />} onChange={onClick}>
      {children}
    </Menu.RadioItem>
  );
}
