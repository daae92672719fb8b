import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { channelText } from '../../parts/channel-text.js';
import { loadQuery } from '../../shell/load.query.js';
import { useText } from '../../texts/use-text.js';
import { changeSearch, type TicketsSearch, ticketStates, toggleState } from './tickets-search.js';
import controls from '../../parts/controls.module.css';
import styles from './tickets.module.css';

interface Props {
  readonly search: TicketsSearch;
  readonly onChange: (search: TicketsSearch) => void;
}

/** The conditions of the list. They stand in the address: a link to it shows the same. */
export function TicketsFilter({ search, onChange }: Props) {
  const { say, format } = useText();
  const { data: load } = useQuery(loadQuery);
  const queues = load?.queues.map(({ id, title }) => ({ value: id, label: format.title(title) })) ?? [];
  const people = load?.specialists.map(({ id, name }) => ({ value: id, label: name ?? say('words.unnamed') })) ?? [];
  const isFiltered = Object.keys(search).length > 0;
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{say('tickets.title')}</h1>
      <States search={search} onChange={onChange} />
      <Select
        size="xs"
        w={190}
        clearable
        aria-label={say('words.queue')}
        placeholder={say('tickets.anyQueue')}
        data={queues}
        value={search.queue ?? null}
        onChange={(queue) => onChange(changeSearch(search, { queue: queue ?? undefined }))}
      />
      <Select
        size="xs"
        w={190}
        clearable
        searchable
        aria-label={say('words.assignee')}
        placeholder={say('tickets.anyAssignee')}
        data={[{ value: 'me', label: say('words.me') }, { value: 'none', label: say('words.nobody') }, ...people]}
        value={search.assignee ?? null}
        onChange={(assignee) => onChange(changeSearch(search, { assignee: assignee ?? undefined }))}
      />
      {search.channel && (
        <button
          type="button"
          className={controls.chip}
          aria-pressed
          onClick={() => onChange(changeSearch(search, { channel: undefined }))}
        >
          {say(channelText(search.channel))}
        </button>
      )}
      {isFiltered && (
        <Button size="xs" variant="subtle" color="gray" onClick={() => onChange({})}>
          {say('tickets.reset')}
        </Button>
      )}
    </header>
  );
}

function States({ search, onChange }: Props) {
  const { say } = useText();
  return (
    <div className={styles.chips} role="group" aria-label={say('tickets.states')}>
      {ticketStates.map((state) => (
        <button
          type="button"
          key={state}
          className={controls.chip}
          aria-pressed={search.state?.includes(state) ?? false}
          onClick={() => onChange(toggleState(search, state))}
        >
          {say(`words.state.${state}`)}
        </button>
      ))}
    </div>
  );
}
