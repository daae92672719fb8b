// Bytes by their content: raw messages, HTML bodies, attachments.
// Not for what they belong to: rows keep the keys. Owns no tables.
export { DiskStore } from './disk.store.js';
export { FileStore } from './file-store.js';
export { FilesModule } from './files.module.js';
