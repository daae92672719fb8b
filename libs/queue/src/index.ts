// The queue between processes (BullMQ on Redis or on PostgreSQL), the dispatcher that repairs it, and the event stream.
// Not for work itself: a job is an id, what to do with it belongs to the lib of its handler. Owns the table `event`.
export type { JobHandler, JobSource } from './job-queue.js';
export { JobQueue } from './job-queue.js';
export type { QueueOptions, WorkOptions } from './queue.module.js';
export { QueueModule } from './queue.module.js';
export { QueueTiming } from './queue-timing.js';
export { BullmqQueue } from './bullmq.queue.js';
export { EventBell } from './events/event-bell.client.js';
export { EventsRepository } from './events/events.repository.js';
export type { StoredEvent } from './events/stored-event.js';
export type { JobEntry } from './work/check-jobs.js';
export { JobRegistry } from './work/job-registry.service.js';
