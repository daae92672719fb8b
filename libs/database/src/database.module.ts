import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { createDataSource, type DataSourceOptions } from './data-source.js';
import { Database } from './database.service.js';

@Module({})
export class DatabaseModule {
  /** One pool for the process, open before anything that needs it is built. */
  static forRoot(options: DataSourceOptions): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [{ provide: DataSource, useFactory: () => createDataSource(options).initialize() }, Database],
      exports: [Database, DataSource],
    };
  }
}
