// Who works tickets: specialists with their presence and room, queues with their members, kinds of request.
// Not for choosing who gets what: that is routing. Owns the tables `specialist`, `specialist_queue`, `queue`, `kind`.
export { KindsRepository } from './kinds.repository.js';
export type { Declared, PlaceChange } from './queues.repository.js';
export { QueuesRepository } from './queues.repository.js';
export type { Kind, Presence, Queue, Specialist, SpecialistDeclaration } from './specialist.js';
export { hasRoom, presences } from './specialist.js';
export { SpecialistsModule } from './specialists.module.js';
export type { Room } from './specialists.repository.js';
export { SpecialistsRepository } from './specialists.repository.js';
