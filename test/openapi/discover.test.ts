import { expect, test } from 'vitest'
import { candidatePath, isDescription } from '../../src/openapi/discover.ts'

const late = '# comment\n'.repeat(20_000)

test.each([
  ['openapi: 3.0.0'],
  ['openapi: "3.1.0"\n'],
  ["swagger: '2.0'"],
  ['swagger: 2.0'],
  ['"openapi": 3.0.0'],
  ['---\n# note\nopenapi: 3.0.0'],
  ['%YAML 1.2\n---\nopenapi: 3.0.0'],
  ['  swagger: "2.0"\n  info: {}'],
  ['\uFEFFopenapi: 3.0.0'],
  ['info:\n  title: x\nopenapi: 3.0.0\n'],
  ['info: {}\r\nopenapi: 3.0.0\r\n'],
  [`${late}openapi: 3.0.0\n`],
  ['openapi: !!str 3.0.0'],
  ['openapi: 3.0.0\nbroken: ['],
  ['{"openapi": "3.0.0"}'],
  ['\n {"swagger":"2.0", "info": {}}'],
  ['{"components": {"schemas": {"A": {"x": [1, "}"]}}}, "paths": {}, "openapi": "3.1.0"}'],
  ['{"openapi": "3.0.0", "broken": '],
  ['{openapi: 3.0.0, info: {}}'],
  ["{'openapi': '3.0.0'}"],
  ['{"a": "\\"", "openapi": "3.0.0"}'],
])('%.60j is a description', (text) => {
  expect(isDescription(text)).toBe(true)
})

test.each([
  [''],
  ['openapi'],
  ['name: openapi: 3.0.0'],
  ['spec:\n  openapi: 3.0.0'],
  ['text: |\n  openapi: 3.0.0\n'],
  ['- openapi: 3.0.0'],
  ['openapi: ./spec.yaml'],
  ['openapi:\n  file: x'],
  ['openapi_version: 3.0.0'],
  ['# openapi: 3.0.0\na: 1'],
  ['# Title\n\n```yaml\nopenapi: 3.0.0\n```\n'],
  ['{"spec": {"openapi": "3.0.0"}}'],
  ['{"text": "openapi: 3.0.0"}'],
  ['{"x": "openapi", "y": 3}'],
  ['[{"openapi": "3.0.0"}]'],
  ['{"dependencies": {"openapi": "3.0.0"}, "openapi": {"a": 1}}'],
  ['{}\n{"openapi": "3.0.0"}'],
  ['asyncapi: 2.0.0'],
])('%.60j is none', (text) => {
  expect(isDescription(text)).toBe(false)
})

test('a hostile text takes no time', () => {
  for (const text of [
    '{'.repeat(1e6),
    '"'.repeat(1e6),
    `{"a": "${'\\'.repeat(1e6)}`,
    `{"openapi": "${'\\"'.repeat(1e6)}`,
    ' '.repeat(1e6),
    '\n'.repeat(1e6),
    `openapi: ${' '.repeat(1e6)}`,
    `openapi: ${'!a '.repeat(3e5)}`,
  ])
    expect(isDescription(text)).toBe(false)
})

test.each([
  ['openapi.yaml', true],
  ['api/v1/Users.YML', true],
  ['a.json', true],
  ['api/package/index.json', true],
  ['README.md', false],
  ['a.yaml.txt', false],
  ['node_modules/x/openapi.yaml', false],
  ['web/node_modules/x/a.json', false],
  ['package-lock.json', false],
  ['web/package.json', false],
  ['pnpm-lock.yaml', false],
  ['tsconfig.build.json', false],
  ['vendor/openapi.yaml', true],
  ['.github/openapi.yml', true],
])('%s may be one: %s', (path, expected) => {
  expect(candidatePath(path)).toBe(expected)
})
