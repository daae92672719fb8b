/** A refusal in the words of the real server. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly description: string,
    readonly parameters?: Readonly<Record<string, number>>,
  ) {
    super(description);
  }
}

export const badRequest = (words: string): ApiError => new ApiError(400, `Bad Request: ${words}`);
