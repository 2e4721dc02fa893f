/** Lints texts in tests: reads them, and places findings on their lines. */
import { lintDescription } from '../../src/lint/lint.ts'
import type { LintOptions } from '../../src/lint/lint.ts'
import type { UnplacedFinding } from '../../src/model/finding.ts'
import { placeLocation } from '../../src/openapi/locate.ts'
import { readDescription } from '../../src/openapi/read.ts'
import type { ApiDescription } from '../../src/openapi/types.ts'

/** The description in the text; a test that means an unreadable one has no business here. */
export function described(text: string, files?: Record<string, string>): ApiDescription {
  const read = readDescription({ text, path: 'openapi.yaml', ...(files === undefined ? {} : { files }) })
  if ('problems' in read) throw new Error(read.problems.map((problem) => problem.message).join(' '))
  return read.api
}

/** New findings of head, and how many base has too. */
export async function lintText(head: string, base: string | null = null, options: LintOptions = {}) {
  return lintDescription(described(head), base === null ? null : described(base), options)
}

/** `rule severity` of each finding, sorted. */
export function brief(findings: readonly UnplacedFinding[]): readonly string[] {
  return findings.map((finding) => `${finding.rule} ${finding.severity}`).sort()
}

/** 1-based line of a finding's place. */
export function lineOf(api: ApiDescription, finding: UnplacedFinding): number {
  return placeLocation(api, finding.place).line
}
