/** Which answers an operation documents. */
import type { Operation } from '../openapi/types.ts'

/** True when the status, its class (`4XX`) or `default` is documented. */
export function documents(operation: Operation, status: string): boolean {
  const range = `${status.slice(0, 1)}XX`
  return operation.responses.some((response) => response.status === status || response.status === range || response.status === 'default')
}
