import { useNavigate } from '@tanstack/react-router';
import { Notice } from '../../parts/notice.js';
import { useText } from '../../texts/use-text.js';
import { emptyKind, type TicketsSearch } from './tickets-search.js';

/** An empty list, and which kind of empty it is. */
export function NoTickets({ search }: { readonly search: TicketsSearch }) {
  const { say } = useText();
  const navigate = useNavigate();
  const kind = emptyKind(search);
  if (kind === 'done') return <Notice kind="done" title={say('tickets.done')} about={say('tickets.doneAbout')} />;
  if (kind === 'nothing') {
    return <Notice kind="nothing" title={say('tickets.nothingYet')} about={say('tickets.nothingYetAbout')} />;
  }
  return (
    <Notice
      kind="filtered"
      title={say('tickets.filtered')}
      about={say('tickets.filteredAbout')}
      action={{ label: say('tickets.reset'), run: () => void navigate({ to: '/tickets', search: {} }) }}
    />
  );
}
