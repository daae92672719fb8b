/** Bytes by content. The key is the lower-case hex SHA-256 of the bytes, so a second put of the same is free. */
export abstract class FileStore {
  /** Stores the bytes durably (they survive a power cut once this resolves) and gives their keys, in order. */
  abstract put(items: readonly Uint8Array[]): Promise<readonly string[]>;

  /** The bytes of a key; throws `DeskError('content_missing')` when they are not here. */
  abstract get(key: string): Promise<Uint8Array>;

  /** As a stream, for large downloads; same error. */
  abstract stream(key: string): Promise<NodeJS.ReadableStream>;
}
