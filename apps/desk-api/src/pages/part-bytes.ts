import type { MultipartFile } from '@fastify/multipart';
import { DeskError } from '#libs/platform';

/** All bytes of an uploaded file; a file over its limit is refused, never cut. */
export async function partBytes(part: MultipartFile): Promise<Buffer> {
  const bytes = await part.toBuffer();
  // The reader itself looks only when a chunk follows: a file that was cut at the end of a chunk passes it.
  if (part.file.truncated) throw new DeskError('payload_too_large');
  return bytes;
}
