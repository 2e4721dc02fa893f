/** GitHub's ways to say no, with its own words and status codes. */

export class ApiError extends Error {
  readonly status: number
  readonly extra: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(
    status: number,
    message: string,
    { extra = {}, headers = {} }: { extra?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.status = status
    this.extra = extra
    this.headers = headers
  }

  /** The body GitHub sends with the status. */
  get body(): Record<string, unknown> {
    return { message: this.message, ...this.extra, documentation_url: 'https://docs.github.com/rest', status: String(this.status) }
  }
}

export function notFound(message = 'Not Found'): ApiError {
  return new ApiError(404, message)
}

export function badCredentials(message = 'Bad credentials'): ApiError {
  return new ApiError(401, message)
}

export function forbidden(message = 'Resource not accessible by integration'): ApiError {
  return new ApiError(403, message)
}

/** 422 with GitHub's list of errors. */
export function unprocessable(message: string, errors?: readonly (string | Record<string, unknown>)[]): ApiError {
  return new ApiError(422, message, errors === undefined ? {} : { extra: { errors } })
}
