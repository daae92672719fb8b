import IconPaperclip from '@tabler/icons-react/dist/esm/icons/IconPaperclip.mjs';
import { memo } from 'react';
import { ChannelIcon } from '../../parts/channel-icon.js';
import { useText } from '../../texts/use-text.js';
import { DeliveryLine } from './delivery-line.js';
import type { Message } from './ticket.query.js';
import styles from './ticket.module.css';

/** One message of either side, a call, or a note. Text stays text: nothing that somebody wrote becomes markup. */
export const MessageView = memo(function MessageView({ message }: { readonly message: Message }) {
  const { say, format } = useText();
  const { type, channel, text, fullText, createdAt, sentAt, delivery } = message;
  const at = sentAt ?? createdAt;
  return (
    <article className={styles.message} data-type={type}>
      <header className={styles.line}>
        <ChannelIcon channel={channel} size={16} />
        <Author message={message} />
        <span>{say(`ticket.type.${type}`)}</span>
        <time dateTime={at}>{format.dateTime(at)}</time>
      </header>
      <div className={styles.text}>{text}</div>
      {fullText && fullText !== text && (
        <details className={styles.whole}>
          <summary>{say('ticket.whole')}</summary>
          <div className={styles.text}>{fullText}</div>
        </details>
      )}
      <Attachments message={message} />
      {delivery && <DeliveryLine message={message} delivery={delivery} />}
    </article>
  );
});

function Author({ message: { author } }: { readonly message: Message }) {
  const { say } = useText();
  const { type, name, address } = author;
  const unnamed = {
    requester: say('ticket.from.requester'),
    participant: say('ticket.from.requester'),
    person: say('words.unnamed'),
    program: say('ticket.from.program'),
    desk: say('ticket.from.desk'),
  };
  return (
    <strong className={styles.author} title={address ?? undefined}>
      {name ?? address ?? unnamed[type]}
    </strong>
  );
}

function Attachments({ message: { attachments, ticketId } }: { readonly message: Message }) {
  const { say, format } = useText();
  if (attachments.length === 0) return null;
  const size = (bytes: number): string => say('ticket.bytes', { size: format.number(Math.ceil(bytes / 1_024)) });
  return (
    <ul className={styles.files} aria-label={say('ticket.attachments')}>
      {attachments.map(({ id, name, bytes, missing }) => (
        <li key={id}>
          <IconPaperclip size={14} aria-hidden />
          {missing ? (
            `${name}: ${say('ticket.fileMissing')}`
          ) : (
            <a href={`/api/v1/tickets/${ticketId}/attachments/${id}`} download={name}>
              {name}
            </a>
          )}
          <span>{size(bytes)}</span>
        </li>
      ))}
    </ul>
  );
}
