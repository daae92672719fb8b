import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { usePerson } from '../session/session.query.js';
import { useText } from '../texts/use-text.js';
import { loadQuery } from './load.query.js';
import { places } from './navigation.js';
import { PersonMenu } from './person-menu.js';
import styles from './shell.module.css';

interface Props {
  /** On a narrow screen: slid in. */
  readonly isOpen: boolean;
  readonly onSearch: () => void;
  readonly onMove: () => void;
}

/** Sections with their live counts, and the person at the foot. */
export function Side({ isOpen, onSearch, onMove }: Props) {
  const { say } = useText();
  return (
    <aside className={styles.side} data-open={isOpen}>
      <div className={styles.brand}>
        <img src="/assets/favicon.svg" width={22} height={22} alt="" />
        Switchboard
      </div>
      <button type="button" className={styles.search} onClick={onSearch}>
        <span className={styles.label} style={{ textAlign: 'left' }}>
          <IconSearch size={14} aria-hidden style={{ marginRight: 8, verticalAlign: -2 }} />
          {say('shell.commands')}
        </span>
        <kbd>Ctrl K</kbd>
      </button>
      <Sections onMove={onMove} />
      <div className={styles.foot}>
        <PersonMenu />
      </div>
    </aside>
  );
}

function Sections({ onMove }: Pick<Props, 'onMove'>) {
  const { say, format } = useText();
  const person = usePerson();
  const { data: load } = useQuery(loadQuery);
  const shown = places.filter(({ roles }) => roles.includes(person.role));
  return (
    <nav className={styles.sections} aria-label={say('shell.navigation')}>
      <ul className={styles.links}>
        {shown.map(({ id, label, icon: Picture, link, count }) => (
          <li key={id}>
            <Link
              {...link}
              className={styles.link}
              activeOptions={{ includeSearch: true, exact: true }}
              onClick={onMove}
            >
              <Picture size={18} stroke={1.6} aria-hidden />
              <span className={styles.label}>{label(say)}</span>
              <Count of={load && count?.(load, person)} />
            </Link>
          </li>
        ))}
      </ul>
      <h2 className={styles.heading}>{say('shell.queues')}</h2>
      <ul className={styles.links}>
        {load?.queues.map(({ id, title, waiting }) => (
          <li key={id}>
            <Link
              to="/tickets"
              search={{ queue: id, state: ['waiting', 'open', 'pending'] }}
              className={styles.link}
              activeOptions={{ includeSearch: true, exact: true }}
              onClick={onMove}
            >
              <span className={styles.label}>{format.title(title)}</span>
              <Count of={waiting} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A number up to 9 999, and nothing for none. */
function Count({ of }: { readonly of: number | undefined }) {
  const { format } = useText();
  if (!of) return null;
  return <span className={styles.count}>{of > 9_999 ? `${format.number(10_000)}+` : format.number(of)}</span>;
}
