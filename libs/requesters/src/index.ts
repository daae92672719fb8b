// Who asks for help: requesters, the addresses they are known by and how well each is proven.
// Not for what they ask (tickets) nor for who works here (access). Owns `requester` and `requester_address`.
export type { Requester, RequesterAddress, Sender } from './requester.js';
export { RequestersModule } from './requesters.module.js';
export type { Unreachable } from './requesters.repository.js';
export { RequestersRepository } from './requesters.repository.js';
export type { Identified } from './requesters.service.js';
export { RequestersService } from './requesters.service.js';
