/** Builders for the tests of this room. */
import { readDescription } from '../../src/openapi/read.ts'
import type { ApiDescription } from '../../src/openapi/types.ts'
import type { Problem } from '../../src/model/place.ts'

/** The description, which must be readable. */
export function read(text: string, files: Record<string, string> = {}, path = 'api/openapi.yaml'): ApiDescription {
  const result = readDescription({ text, path, files })
  if ('problems' in result) throw new Error(result.problems.map((problem) => problem.message).join('\n'))
  return result.api
}

/** What is wrong with a text, fatal or not. */
export function problemsOf(text: string, files: Record<string, string> = {}, path = 'api/openapi.yaml'): readonly Problem[] {
  const result = readDescription({ text, path, files })
  return 'problems' in result ? result.problems : result.api.problems
}

/** An OpenAPI 3.0 document in YAML with this below the head. */
export function yaml(body: string, version = '3.0.3'): string {
  return `openapi: ${version}\ninfo: {title: Shop, version: "1"}\n${body}`
}
