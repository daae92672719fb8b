import { Button, Tooltip } from '@mantine/core';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { useActions } from '../../actions/actions.store.js';
import { useLiveStatus } from '../../live/live.store.js';
import { channelText } from '../../parts/channel-text.js';
import { working } from '../../session/roles.js';
import { usePerson } from '../../session/session.query.js';
import { useText } from '../../texts/use-text.js';
import { ComposerTrouble } from './composer-trouble.js';
import controls from '../../parts/controls.module.css';
import styles from './composer.module.css';
import type { DraftKind } from './drafts.store.js';
import type { TicketCard } from './ticket.query.js';
import { useComposer } from './use-composer.js';

/** Where one writes to the requester, or for the desk alone. The two look different and go different ways. */
export function Composer({ ticket }: { readonly ticket: TicketCard }) {
  const { role } = usePerson();
  const canReply = ticket.replyChannels.length > 0;
  const kinds = (['reply', 'note'] as const).filter(
    (kind) => ticket.moves.includes(kind) && (kind === 'note' || canReply),
  );
  if (!working.includes(role) || kinds.length === 0) return null;
  return <Writing ticket={ticket} kinds={kinds} />;
}

interface Props {
  readonly ticket: TicketCard;
  readonly kinds: readonly DraftKind[];
}

function Writing({ ticket, kinds }: Props) {
  const { say } = useText();
  const composer = useComposer(ticket.id);
  const field = useRef<HTMLTextAreaElement>(null);
  const kind = kinds.includes(composer.kind) ? composer.kind : 'note';
  const begin = (next: DraftKind): void => {
    flushSync(() => composer.choose(next));
    field.current?.focus();
  };
  const group = say('words.ticket');
  const keys = { reply: 'KeyR', note: 'KeyN' } as const;
  useActions(
    kinds.map((one) => ({
      id: `composer.${one}`,
      group,
      title: say(`composer.${one}`),
      keys: [keys[one]],
      run: () => begin(one),
    })),
  );
  return (
    <form className={styles.composer} data-kind={kind} onSubmit={(event) => event.preventDefault()}>
      <div className={styles.kinds} role="group" aria-label={say('composer.kind')}>
        {kinds.map((one) => (
          <button key={one} type="button" aria-pressed={one === kind} onClick={() => begin(one)}>
            {say(`composer.${one}`)}
          </button>
        ))}
      </div>
      <textarea
        ref={field}
        className={`${controls.text} ${styles.field}`}
        aria-label={say(kind === 'note' ? 'composer.noteText' : 'composer.replyText')}
        placeholder={say(kind === 'note' ? 'composer.noteHint' : 'composer.replyHint')}
        value={composer.text}
        onChange={({ currentTarget }) => composer.write(currentTarget.value)}
        maxLength={200_000}
      />
      <ComposerTrouble composer={composer} onEdit={() => field.current?.focus()} />
      <Sending kind={kind} ticket={ticket} composer={composer} />
    </form>
  );
}

interface SendingProps {
  readonly kind: DraftKind;
  readonly ticket: TicketCard;
  readonly composer: ReturnType<typeof useComposer>;
}

function Sending({ kind, ticket, composer: { text, submit, sending } }: SendingProps) {
  const { say } = useText();
  const { state } = useLiveStatus();
  const reason = state === 'lost' ? say('composer.offline') : text.trim() ? undefined : say('composer.empty');
  const channel = ticket.replyChannels.includes(ticket.channel) ? ticket.channel : ticket.replyChannels[0];
  const ways = [
    { id: 'send', then: 'pending' as const, keys: 'Ctrl+Enter', label: sendLabel(kind) },
    ...(kind === 'reply'
      ? [{ id: 'close', then: 'close' as const, keys: 'Ctrl+Shift+Enter', label: 'composer.sendAndClose' as const }]
      : []),
  ];
  useActions(
    ways.map(({ id, then, keys, label }) => ({
      id: `composer.${id}`,
      group: say('words.ticket'),
      title: say(label),
      keys: [keys],
      disabledBecause: reason,
      run: () => submit(then),
    })),
  );
  return (
    <div className={styles.foot}>
      <span className={styles.way}>
        {kind === 'note' && say(channel ? 'composer.staysHere' : 'composer.noWay')}
        {kind === 'reply' && channel && <GoesBy channel={channel} />}
      </span>
      {ways.toReversed().map(({ id, then, label }) => (
        <Tooltip key={id} label={reason} disabled={!reason}>
          <Button
            size="xs"
            variant={id === 'send' ? 'filled' : 'default'}
            {...(reason && { 'data-disabled': true, 'aria-disabled': true })}
            loading={sending.isPending && sending.variables.then === then}
            onClick={() => !reason && submit(then)}
          >
            {say(label)}
          </Button>
        </Tooltip>
      ))}
    </div>
  );
}

const sendLabel = (kind: DraftKind): 'composer.addNote' | 'composer.send' =>
  kind === 'note' ? 'composer.addNote' : 'composer.send';

function GoesBy({ channel }: { readonly channel: string }) {
  const { say } = useText();
  return say('composer.goesBy', { channel: say(channelText(channel)) });
}
