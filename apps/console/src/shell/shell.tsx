import { ActionIcon } from '@mantine/core';
import IconMenu2 from '@tabler/icons-react/dist/esm/icons/IconMenu2.mjs';
import {
  Outlet,
  type StaticDataRouteOption,
  useMatches,
  useNavigate,
  useRouter,
  useRouterState,
} from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useActions } from '../actions/actions.store.js';
import { CrashBoundary } from '../parts/crash-boundary.js';
import { Notice } from '../parts/notice.js';
import { working } from '../session/roles.js';
import { usePerson } from '../session/session.query.js';
import { useText } from '../texts/use-text.js';
import { ConnectionBanner } from './connection-banner.js';
import styles from './shell.module.css';
import { Side } from './side.js';
import { UnsentCalls } from './unsent-calls.js';
import { useGeneralActions } from './use-general-actions.js';

const loadPalette = () => import('./palette.js').then(({ Palette: component }) => ({ default: component }));
const Palette = lazy(loadPalette);
const CheatSheet = lazy(() => import('./cheat-sheet.js').then(({ CheatSheet: component }) => ({ default: component })));

/** The frame around every screen: sections at the side, what is wrong with the line on top, layers above. */
export function Shell() {
  const [layer, setLayer] = useState<'palette' | 'keys' | 'side'>();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const close = (): void => setLayer(undefined);
  useGeneralActions(setLayer);
  useCallForm();
  useEffect(close, [path]);
  // Who presses Ctrl+K goes on typing at once.
  useEffect(() => void loadPalette(), []);
  const isBare = useMatches({ select: isAlone });
  return (
    <div className={styles.frame} data-bare={isBare}>
      {!isBare && <Around isOpen={layer === 'side'} onOpen={setLayer} onClose={close} />}
      <main id="main" className={styles.main} tabIndex={-1}>
        <CrashBoundary resetKey={path}>
          <Screen />
        </CrashBoundary>
      </main>
      <Suspense>
        {layer === 'palette' && <Palette onClose={close} />}
        {layer === 'keys' && <CheatSheet onClose={close} />}
      </Suspense>
    </div>
  );
}

/** Whether the screen stands without the frame. */
const isAlone = (matches: readonly { staticData: StaticDataRouteOption; search: object }[]): boolean => {
  const screen = matches.at(-1);
  return screen?.staticData.isBare?.({ ...screen.search }) ?? false;
};

interface AroundProps {
  /** On a narrow screen: whether the sections are slid in. */
  readonly isOpen: boolean;
  readonly onOpen: (layer: 'palette' | 'side') => void;
  readonly onClose: () => void;
}

/** What stands around the screen. */
function Around({ isOpen, onOpen, onClose }: AroundProps) {
  const { say } = useText();
  return (
    <>
      <a className={styles.skip} href="#main">
        {say('shell.skip')}
      </a>
      <div className={styles.banners}>
        <ConnectionBanner />
        <UnsentCalls />
      </div>
      <div className={styles.top}>
        <ActionIcon aria-label={say('shell.openNavigation')} aria-expanded={isOpen} onClick={() => onOpen('side')}>
          <IconMenu2 size={20} />
        </ActionIcon>
        Switchboard
      </div>
      <button
        type="button"
        className={styles.veil}
        data-open={isOpen}
        aria-label={say('shell.closeNavigation')}
        onClick={onClose}
      />
      <Side isOpen={isOpen} onSearch={() => onOpen('palette')} onMove={onClose} />
    </>
  );
}

/** Has the form for calls at hand before it is needed: the phone rings without a line too. */
function useCallForm(): void {
  const router = useRouter();
  const { role } = usePerson();
  useEffect(() => {
    if (working.includes(role)) void router.preloadRoute({ to: '/call' });
  }, [router, role]);
}

/** The screen itself, where the person's role may see it. */
function Screen() {
  const { say } = useText();
  const { role } = usePerson();
  const navigate = useNavigate();
  const { roles, title } = useMatches({ select: (matches) => matches.at(-1)?.staticData }) ?? {};
  const mayOpen = !roles || roles.includes(role);
  useEffect(() => {
    // A screen without one gives its title itself, once it knows what it shows.
    if (title) document.title = `${say(title)} · Switchboard`;
  }, [title, say]);
  useActions(
    mayOpen
      ? []
      : [
          {
            id: 'to-start',
            group: say('shell.go'),
            title: say('parts.toStart'),
            run: () => void navigate({ to: '/' }),
          },
        ],
  );
  if (mayOpen) return <Outlet />;
  return <Notice kind="forbidden" title={say('parts.forbidden')} about={say('parts.forbiddenAbout')} />;
}
