// What every process stands on: start and end, configuration, log, secrets, texts, refusals and how HTTP tells them,
// health, metrics. Not for features: nothing here knows a ticket or a channel. Owns no tables.
export type { AppSchema, ServeOptions } from './app/app.factory.js';
export { answerOnce, createApp, serve } from './app/app.factory.js';
export { readConfig } from './app/environment.factory.js';
export type { CommonConfig } from './config/common.config.js';
export { commonConfig, flag, port } from './config/common.config.js';
export { ConfigError, loadConfig } from './config/load-config.js';
export { PlatformConfig } from './config/platform-config.js';
export { type CheckedAddress, EgressGuard, EgressRefused } from './egress/egress-guard.client.js';
export type { HealthReport } from './health/health.service.js';
export { Health } from './health/health.service.js';
export { Metrics } from './health/metrics.service.js';
export { localeOf } from './http/locale-of.js';
export type { Problem, ProblemFacts } from './http/problem.js';
export type { ProblemCode } from './http/status-of.js';
export { statusOf } from './http/status-of.js';
export { PlatformModule } from './platform.module.js';
export { fromBase32, toBase32 } from './secrets/base32.js';
export { Secrets } from './secrets/secrets.service.js';
export type { Fault } from './refusals/desk-error.js';
export { DeskError } from './refusals/desk-error.js';
export { faultOf } from './refusals/fault-of.js';
export { tellFaults } from './refusals/tell-faults.js';
export { say, text } from './texts/text.js';
export { stepText } from './texts/step-text.js';
export { troubleText } from './texts/trouble-text.js';
export type { Saying, TextKey, TextParams } from './texts/text-key.js';
