import { expect, test } from 'vitest'
import { extendedPaths, gatherRulesets } from '../../src/lint/team/gather-rulesets.ts'
import { textFile } from '../builders.ts'

const file = (path: string, text: string) => textFile({ path, text })

test.each([
  ['nothing', 'rules: {}', []],
  ['one file', 'extends: ./team.yaml', ['api/team.yaml']],
  ['a list of files and names', 'extends: [spectral:oas, ../shared/a.yml, [b.json, off]]', ['shared/a.yml', 'api/b.json']],
  ['a file of an override', 'overrides: [{ files: ["*.yaml"], extends: [more.yaml] }]', ['api/more.yaml']],
  ['an address', 'extends: ["https://example.com/a.yaml", "//example.com/a.yaml"]', []],
  ['a script', 'extends: ./rules.js', []],
  ['a file outside the repository', 'extends: ../../a.yaml', []],
  ['no ruleset', '- 1', []],
  ['broken YAML', 'extends: [', []],
])('%s', (_, text, paths) => {
  expect(extendedPaths(file('api/.spectral.yaml', text))).toEqual(paths)
})

test('reads every file once, also when files extend each other, and leaves out what is missing', async () => {
  const repository = new Map([
    ['a.yaml', 'extends: [b.yaml, gone.yaml]'],
    ['b.yaml', 'extends: [a.yaml, .spectral.yaml]'],
  ])
  const asked: string[][] = []
  const files = await gatherRulesets(file('.spectral.yaml', 'extends: [a.yaml]'), (paths) => {
    asked.push([...paths])
    return Promise.resolve(paths.flatMap((path) => (repository.has(path) ? [file(path, repository.get(path) ?? '')] : [])))
  })
  expect(files.map(({ path }) => path)).toEqual(['.spectral.yaml', 'a.yaml', 'b.yaml'])
  expect(asked).toEqual([['a.yaml'], ['b.yaml', 'gone.yaml']])
})

test('a ruleset of very many files is cut', async () => {
  const many = Array.from({ length: 50 }, (_, index) => `f${String(index)}.yaml`)
  const files = await gatherRulesets(file('.spectral.yaml', `extends: [${many.join(', ')}]`), (paths) =>
    Promise.resolve(paths.map((path) => file(path, 'rules: {}'))),
  )
  expect(files).toHaveLength(20)
})
