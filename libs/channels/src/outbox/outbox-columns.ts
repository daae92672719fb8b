/** The columns of an `OutboxRow`. */
export const outboxColumns = `id, ticket_id as "ticketId", message_id as "messageId", order_key as "orderKey",
  origin_id as "originId", part, parts, channel, account_id as "accountId", destination, external_id as "externalId",
  provider_id as "providerId", automatic, state, attempts, next_at as "nextAt", reason_code as "reasonCode", reason,
  created_at as "createdAt", sent_at as "sentAt"`;
