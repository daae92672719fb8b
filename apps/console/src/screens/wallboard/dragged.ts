import type { Shape } from '../../api/shape.js';

type Dragged = Pick<Shape<'Ticket'>, 'id' | 'number' | 'version'>;
type Transfer = Pick<DataTransfer, 'setData' | 'getData'> & { readonly types: readonly string[] };

/** A form of our own, so that nothing else that people drag about is taken for a ticket. */
const form = 'application/x-desk-ticket';

/** Tickets in the hand of somebody who drags them. */
export const dragged = {
  put: (transfer: Transfer, { id, number, version }: Dragged): void =>
    transfer.setData(form, JSON.stringify({ id, number, version })),
  isIn: ({ types }: Transfer): boolean => types.includes(form),
  take: (transfer: Transfer): Dragged | undefined =>
    dragged.isIn(transfer) ? (JSON.parse(transfer.getData(form)) as Dragged) : undefined,
};
