import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { DiskStore } from './disk.store.js';
import { FileStore } from './file-store.js';

@Module({})
export class FilesModule {
  /** Bytes under `dir/files`; `dir` is DATA_DIR, which processes of one desk share. */
  static forRoot({ dir }: { readonly dir: string }): DynamicModule {
    return {
      module: FilesModule,
      global: true,
      providers: [{ provide: FileStore, useFactory: () => new DiskStore(join(dir, 'files')) }],
      exports: [FileStore],
    };
  }
}
