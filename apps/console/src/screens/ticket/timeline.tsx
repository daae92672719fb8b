import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { LoadingRows } from '../../parts/loading-rows.js';
import { ProblemView } from '../../parts/problem-view.js';
import { useText } from '../../texts/use-text.js';
import { MessageView } from './message-view.js';
import { messagesQuery } from './ticket.query.js';
import styles from './ticket.module.css';

/** What was said, the oldest on top; it stands at its end until one scrolls up. */
export function Timeline({ ticketId }: { readonly ticketId: string }) {
  const { say } = useText();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    messagesQuery(ticketId),
  );
  const messages = data?.pages.flatMap(({ items }) => items).toReversed() ?? [];
  return (
    <section className={styles.scroll} aria-label={say('ticket.timeline')} tabIndex={0}>
      <div className={styles.timeline}>
        {error && <ProblemView problem={error} onRetry={() => void refetch()} />}
        {isPending && <LoadingRows count={3} />}
        {hasNextPage && (
          <Button size="xs" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {say('ticket.older')}
          </Button>
        )}
        {data && messages.length === 0 && <p className={styles.silent}>{say('ticket.silent')}</p>}
        <ol className={styles.messages}>
          {messages.map((message) => (
            <li key={message.id}>
              <MessageView message={message} />
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
