import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemCode } from '../../api/problem.js';
import { useText } from '../../texts/use-text.js';
import { callerQuery } from './call.query.js';
import { kindOfDigit, type Kind, type PartProps } from './call-parts.js';
import { CallerTickets } from './caller-tickets.js';
import styles from './call.module.css';

/** As long as people need from one digit to the next. */
const pauseMs = 250;

interface Props extends PartProps {
  readonly kinds: readonly Kind[];
  /** A ticket or a kind was chosen: the text is next. */
  readonly onSettled: () => void;
}

/** Who calls: the number, and what the desk knows of it while it is typed. */
export function Caller({ kinds, onSettled, ...parts }: Props) {
  const { say } = useText();
  const { entry, change, missing } = parts;
  const phone = entry.phone.trim();
  const [asked] = useDebouncedValue(phone, pauseMs);
  const caller = useCaller(asked);
  const requesters = (asked === phone && caller.data?.requesters) || [];
  return (
    <>
      <TextInput
        data-field="phone"
        autoFocus
        size="md"
        type="tel"
        autoComplete="off"
        maxLength={64}
        label={say('call.phone')}
        placeholder={say('call.phoneHint')}
        error={missing.includes('phone') && say('call.missing.phone')}
        value={entry.phone}
        onChange={({ currentTarget }) => change({ phone: currentTarget.value, ticket: null })}
      />
      <div className={styles.lookup} role="status" aria-live="polite">
        <Clue caller={caller} />
      </div>
      {requesters.length > 0 && (
        <CallerTickets
          requesters={requesters}
          chosen={entry.ticket}
          onChoose={(ticket) => {
            change({ ticket });
            if (ticket) onSettled();
          }}
        />
      )}
      <NameField {...parts} isKnown={requesters.length > 0} kinds={kinds} onSettled={onSettled} />
    </>
  );
}

/** The name of somebody whom the desk does not know. It goes from under nobody's hands. */
function NameField({ entry, change, kinds, onSettled, isKnown }: Props & { readonly isKnown: boolean }) {
  const { say } = useText();
  const [isInUse, setInUse] = useState(false);
  if (isKnown && !isInUse && !entry.name) return null;
  return (
    <TextInput
      label={say('call.name')}
      maxLength={300}
      autoComplete="off"
      value={entry.name}
      onFocus={() => setInUse(true)}
      onBlur={() => setInUse(false)}
      onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      onKeyDown={(event) => {
        // A name begins with no digit: whoever goes on to the kinds need not know whether this field is here.
        const kind = entry.name === '' ? kindOfDigit(event.nativeEvent, kinds) : undefined;
        if (!kind) return;
        event.preventDefault();
        change({ kind: kind.key });
        onSettled();
      }}
    />
  );
}

/** What is known of the number so far, in a line. */
function Clue({ caller: { data, error } }: { readonly caller: ReturnType<typeof useCaller> }) {
  const { say } = useText();
  if (error) return say(problemCode(error) === 'invalid_phone' ? 'call.clue.unfinished' : 'call.clue.unreachable');
  if (!data) return null;
  const { number, requesters } = data;
  const [first] = requesters;
  if (requesters.length > 1) return say('call.clue.several', { count: requesters.length });
  if (first) return first.name ? say('call.clue.known', { name: first.name }) : say('call.clue.nameless');
  if (number.kind === 'anonymous') return say('call.clue.hidden');
  return say(number.kind === 'internal' ? 'call.clue.internal' : 'call.clue.unknown', { phone: number.phone ?? '' });
}

const useCaller = (phone: string) => useQuery(callerQuery(phone));
