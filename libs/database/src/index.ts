// The desk's PostgreSQL: one pool a process, one history of migrations, transactions.
// Not for SQL of features: each table belongs to the repository of one lib. Owns the table `migrations`.
export type { DataSourceOptions } from './data-source.js';
export { createDataSource } from './data-source.js';
export { DatabaseModule } from './database.module.js';
export type { AfterCommit } from './database.service.js';
export { Database } from './database.service.js';
export { grantTo } from './grant.js';
export { JoinedDatabase } from './joined-database.service.js';
export { migrate } from './migrate.js';
export { examineDatabase } from './examine.js';
export { rows, rowsUnprepared } from './rows.js';
export type { Db } from './transaction.js';
