/** The simplest inputs of this room; a test states only what differs. */
import type { ApiInput, AssembleInput } from '../../src/review/assemble.ts'
import type { ApiOfFinding } from '../../src/review/judge.ts'
import { changedFile, commits, decision, diffSummary, finding, lintFinding } from '../builders.ts'

export function apiInput(overrides: Partial<ApiInput> = {}): ApiInput {
  return {
    id: 'orders',
    path: 'specs/orders.yaml',
    previousPath: null,
    state: 'changed',
    title: 'Orders',
    version: { base: '1.8.0', head: '1.9.0' },
    summary: diffSummary(),
    changes: [],
    existing: 0,
    problems: [],
    baseProblems: [],
    notes: [],
    ...overrides,
  }
}

export function assembleInput(overrides: Partial<AssembleInput> = {}): AssembleInput {
  return {
    commits,
    apis: [apiInput()],
    findings: [],
    decision: decision(),
    policy: { mode: 'enforce', sources: ['org@7f3e21a', 'repo@c0ffee1'] },
    changedFiles: [changedFile(), changedFile({ path: 'specs/users.yaml' })],
    gaps: [],
    ...overrides,
  }
}

export function changeFinding(overrides: Partial<ApiOfFinding> = {}): ApiOfFinding {
  return { ...finding(), api: 'orders', ...overrides }
}

export function ruleFinding(overrides: Partial<ApiOfFinding> = {}): ApiOfFinding {
  return { ...lintFinding(), api: 'orders', ...overrides }
}
