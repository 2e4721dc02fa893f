import { describe, expect, test } from 'vitest'
import { demandedBump, judgeVersion, pathVersion, versionMove } from '../../src/diff/versioning.ts'
import type { VersionedChange, VersioningRules } from '../../src/diff/versioning.ts'

const change = (kind: VersionedChange['class'], path = '/orders'): VersionedChange => ({ class: kind, reaches: [{ method: 'GET', path }] })

test.each([
  // base           head             how it moved
  ['1.0.0', '2.0.0', 'major'],
  ['1.4.2', '1.5.0', 'minor'],
  ['1.4.2', '1.4.3', 'patch'],
  ['1.0.0', '1.0.0', 'none'],
  ['1', '1.0.0', 'none'],
  ['v1', 'v2', 'major'],
  ['1.9', '1.10', 'minor'],
  ['2.0.0', '1.9.9', 'back'],
  ['1.0.0+1', '1.0.0+2', 'none'],
  ['2.0.0-rc.1', '2.0.0-rc.2', 'forward'],
  ['2.0.0-rc.2', '2.0.0-rc.10', 'forward'],
  ['2.0.0-rc.10', '2.0.0-rc.9', 'back'],
  ['2.0.0-alpha', '2.0.0-alpha.1', 'forward'],
  ['2.0.0-alpha.1', '2.0.0-alpha', 'back'],
  ['2.0.0-1', '2.0.0-a', 'forward'],
  ['2.0.0-rc.1', '2.0.0', 'forward'],
  ['2.0.0', '2.0.0-rc.1', 'back'],
  ['1.4.0', '2.0.0-rc.1', 'major'],
  ['2024-01-01', '2024-05-01', 'forward'],
  ['2024-05-01', '2024-01-01', 'back'],
  ['2024-05-01-preview', '2024-05-01', 'forward'],
  ['2024.1', '2024.2', 'forward'],
  ['1.4.0', '2024-05-01', 'forward'],
  ['2024-05-01', '3.0.0', 'forward'],
  ['banana', 'cherry', 'forward'],
  ['banana', 'banana', 'none'],
  [null, '1.0.0', 'forward'],
  ['1.0.0', null, 'dropped'],
  [null, null, 'none'],
  [`${'9'.repeat(200)}`, '1.0.0', 'forward'],
])('%s → %s moved %s', (base, head, moved) => {
  expect(versionMove(base, head)).toBe(moved)
})

test.each([
  [['breaking', 'docs'], 'major'],
  [['dangerous'], 'minor'],
  [['nonbreaking', 'docs'], 'minor'],
  [['docs'], 'none'],
  [[], 'none'],
] as const)('%j demand %s', (classes, bump) => {
  expect(demandedBump(classes.map((each) => ({ class: each })))).toBe(bump)
})

const semver: VersioningRules = { semver: true }

describe('whether the version moved enough', () => {
  test.each<[string, string, VersionedChange[], VersioningRules, string]>([
    ['1.0.0', '1.1.0', [change('breaking'), change('breaking')], semver, '2 breaking changes demand the next major version'],
    ['1.0.0', '1.1.0', [change('breaking')], semver, '1 breaking change demands the next major version'],
    ['1.0.0', '2.0.0', [change('breaking')], semver, ''],
    ['1.0.0', '1.0.0', [change('nonbreaking')], semver, '1 nonbreaking change demands the next minor version'],
    ['1.0.0', '1.0.1', [change('dangerous'), change('nonbreaking')], semver, '1 dangerous change demands the next minor version'],
    ['1.0.0', '1.0.0', [change('docs')], semver, ''],
    ['2.0.0', '1.0.0', [change('docs')], semver, 'versions only go forward'],
    ['0.3.0', '0.4.0', [change('breaking')], semver, ''],
    ['0.3.0', '0.3.1', [change('breaking')], semver, '1 breaking change demands the next minor version'],
    ['2.0.0-rc.1', '2.0.0-rc.2', [change('breaking')], semver, ''],
    ['2.0.0-rc.1', '2.0.0-rc.1', [change('breaking')], semver, '1 breaking change demands the next patch version'],
    ['2024-01-01', '2024-01-02', [change('breaking')], semver, ''],
    ['2024-01-01', '2024-01-01', [change('breaking')], semver, '1 breaking change demands the next major version'],
    ['1.0.0', '1.0.0', [change('breaking')], {}, ''],
    ['1.0.0', '1.0.0', [change('nonbreaking')], { breakingNeeds: 'major' }, ''],
    ['1.0.0', '1.1.0', [change('breaking')], { breakingNeeds: 'major' }, '1 breaking change demands the next major version'],
    ['1.0.0', '1.0.1', [change('breaking')], { breakingNeeds: 'any-bump' }, ''],
    ['1.0.0', '1.0.0', [change('breaking')], { breakingNeeds: 'any-bump' }, '1 breaking change demands a new version'],
    ['1.0.0', '1.0.1', [change('breaking')], { semver: true, breakingNeeds: 'any-bump' }, ''],
    [
      '1.0.0',
      '2.0.0',
      [change('breaking', '/v1/a')],
      { breakingNeeds: 'new-path-version' },
      '1 breaking change demands a new version in the path, beside the old one',
    ],
    ['1.0.0', '1.0.0', [change('breaking', '/v2/a')], { breakingNeeds: 'new-path-version' }, ''],
    ['1.0.0', '1.0.0', [change('nonbreaking', '/v1/a')], { breakingNeeds: 'new-path-version' }, ''],
  ])('%s → %s with %j under %j: %s', (base, head, changes, rules, reason) => {
    const verdict = judgeVersion({ base, head, changes, rules, hasNewPathVersion: ({ path }) => path.startsWith('/v2/') })
    expect(verdict).toMatchObject({ enough: reason === '', reason })
  })
})

test.each([
  ['https://api.example.com/v2/orders', 'v2'],
  ['/api/V1.1/orders', 'v1.1'],
  ['/2024-01-01/orders', '2024-01-01'],
  ['https://v3.example.com/orders', null],
  ['/vendors/v', null],
])('the version in %s is %s', (url, version) => {
  expect(pathVersion(url)).toBe(version)
})
