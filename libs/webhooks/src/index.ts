// What other programs are told, by Standard Webhooks: endpoints, deliveries with retries, signatures, replay.
// Not for what providers tell us (libs/channels, apps/desk-api/src/hooks). Owns the tables `webhook_endpoint`,
// `webhook_delivery`, `webhook_attempt` and `webhook_cursor`.
export { type EndpointChange, WebhookEndpointsRepository } from './webhook-endpoints.repository.js';
export { WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
export { WebhookFanOut } from './webhook-fan-out.service.js';
export { type PostTrouble } from './webhook-post.client.js';
export { WebhookReplays } from './webhook-replays.service.js';
export { WebhookSending } from './webhook-sending.service.js';
export { WebhookSource } from './webhook-source.service.js';
export { WebhookFanOutModule, WebhookSendingModule, WebhooksModule } from './webhooks.module.js';
export { type IssuedEndpoint, WebhooksService } from './webhooks.service.js';
export {
  deliveryStates,
  type WebhookAttempt,
  type WebhookDelivery,
  type WebhookEndpoint,
  webhookEvents,
  type WebhookOwner,
} from './webhook.js';
