import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { matchCodeowners, readCodeowners } from '../../src/policy/codeowners.ts'

const isMatched = (pattern: string, path: string) => matchCodeowners(`${pattern} @owner`, path).line !== null

test.each([
  // a name alone: in every folder, with everything below
  ['foo', ['foo', 'foo/bar', 'bar/foo', 'bar/foo/baz/qux'], ['foo.txt', 'xfoo', 'bar/xfoo']],
  ['*.js', ['a.js', 'x/y/a.js', 'dir.js/inside.txt'], ['a.jsx', 'ajs']],
  ['f*', ['foo', 'foo/bar', 'bar/foo/baz'], ['xfoo', 'bar/baz']],
  ['*', ['foo', 'bar/foo', '.github/CODEOWNERS'], []],
  ['**', ['foo', 'bar/foo'], []],
  // a leading slash: from the root
  ['/foo', ['foo', 'foo/bar/baz'], ['bar/foo', 'fool.txt']],
  ['/*', ['foo'], ['foo/bar']],
  ['/*.md', ['README.md'], ['docs/README.md']],
  ['/f*', ['foo', 'foo/bar'], ['bar/foo']],
  // a trailing slash: what is below a folder
  ['foo/', ['foo/bar', 'bar/foo/baz'], ['foo', 'bar/foo']],
  ['/foo/', ['foo/bar', 'foo/bar/baz'], ['foo', 'bar/foo/baz', 'foobar']],
  ['f*/', ['foo/bar', 'bar/foo/baz'], ['foo', 'xfoo/bar']],
  ['/*/', ['foo/bar', 'bar/foo/baz'], ['foo']],
  // a slash inside anchors
  ['foo/bar', ['foo/bar', 'foo/bar/baz'], ['baz/foo/bar', 'foo/bart']],
  ['foo/*', ['foo/bar'], ['foo/bar/baz', 'qux/foo/bar', 'foo']],
  ['foo/*.txt', ['foo/a.txt'], ['foo/a/b.txt', 'x/foo/a.txt']],
  ['foo/*/baz', ['foo/bar/baz', 'foo/bar/baz/qux'], ['foo/baz', 'foo/a/b/baz']],
  // two asterisks
  ['**/foo', ['foo', 'a/b/foo', 'a/foo/b'], ['a/xfoo']],
  ['**/foo/bar', ['foo/bar', 'qux/foo/bar/baz'], ['foo/qux/bar']],
  ['**/*bar*', ['bar', 'foo/rebar', 'foo/qux/barrio'], ['foo/baz']],
  ['foo/**', ['foo/bar', 'foo/bar/baz'], ['foo', 'foox']],
  ['foo/**/bar', ['foo/bar', 'foo/x/y/bar/baz'], ['qux/foo/bar', 'foo/notbar']],
  ['foo/**/', ['foo/bar', 'foo/bar/baz'], ['foo']],
  ['foo/**/bar/b*', ['foo/x/bar/baz', 'foo/bar/b'], ['foo/bar', 'foo/bar/qux']],
  ['services/foo:bar/**/*', ['services/foo:bar/baz.json', 'services/foo:bar/a/b'], ['services/foo/bar/baz']],
  ['a**b', ['axxb'], ['a/b']],
  // one character
  ['f?o', ['foo', 'a/fao/b'], ['fo', 'fooo', 'f/o']],
  // characters that mean nothing here
  ['/apps/[param]/file.ts', ['apps/[param]/file.ts'], ['apps/p/file.ts', 'apps/a/file.ts']],
  ['file(1).txt', ['file(1).txt'], ['file1.txt']],
  ['a|b', ['a|b'], ['a', 'b']],
  ['worker/^cpu', ['worker/^cpu'], ['worker/cpu']],
  ['a.b', ['a.b'], ['axb']],
  // escapes
  ['f\\*o', ['f*o'], ['foo', 'fxo']],
  ['f\\?o', ['f?o'], ['foo']],
  ['foo\\ bar', ['foo bar', 'x/foo bar/y'], ['foo', 'bar']],
  // case counts
  ['/Docs/', ['Docs/x'], ['docs/x']],
  // nothing
  ['/', [], ['foo', 'a/b', '']],
])('%s', (pattern, matching, others) => {
  expect(matching.filter((path) => !isMatched(pattern, path))).toEqual([])
  expect(others.filter((path) => isMatched(pattern, path))).toEqual([])
})

const example = `
# comment
*           @all-1 @all-2
*.js        @js # inline comment
/docs/      docs@example.com
/docs/free/
apps/       @acme/apps @ada_acme
`

test.each([
  ['README.md', ['@all-1', '@all-2'], 3, '*'],
  ['src/a.js', ['@js'], 4, '*.js'],
  ['docs/a.js', ['docs@example.com'], 5, '/docs/'],
  ['docs/free/a.js', [], 6, '/docs/free/'],
  ['x/apps/y', ['@acme/apps', '@ada_acme'], 7, 'apps/'],
])('the last matching line owns %s', (path, owners, line, pattern) => {
  expect(matchCodeowners(example, path)).toEqual({ owners, line, pattern })
})

test('a file that no line matches is not the same as one that is deliberately unowned', () => {
  expect(matchCodeowners('/docs/ @a', 'src/x')).toEqual({ owners: [], line: null, pattern: null })
  expect(matchCodeowners('/docs/ @a\n/docs/x', 'docs/x')).toEqual({ owners: [], line: 2, pattern: '/docs/x' })
})

test.each<[string, string, readonly string[]]>([
  ['!docs/x @b', 'does not negate', ['@a']],
  ['docs/***/x @b', 'three asterisks', ['@a']],
  ['docs/x b', 'no owner', ['@a']],
  ['docs/x @b .not@valid-owner', 'one owner of two is none', ['@a']],
  ['docs/x @', 'an empty name', ['@a']],
])('the line `%s` is skipped (%s)', (line, _why, owners) => {
  expect(matchCodeowners(`* @a\n${line}`, 'docs/x').owners).toEqual(owners)
})

test('an owner in a comment is none, and the file is deliberately unowned', () => {
  expect(matchCodeowners('* @a\ndocs/x # @b', 'docs/x').owners).toEqual([])
})

test.each(['\uFEFF* @a', '* @a\r\n', '  *   @a  ', '\n\n*\t@a\n'])('%j is read', (text) => {
  expect(matchCodeowners(text, 'x').owners).toEqual(['@a'])
})

test.each<[string, string, string, readonly string[]]>([
  ['sections of GitLab are patterns like others', '[Docs] @section\n* @a', 'docs/x', ['@a']],
  ['and brackets stand for themselves', '* @a\n[Docs] @section', '[Docs]', ['@section']],
  ['optional sections too', '* @a\n^[Docs][2] @section', 'docs/x', ['@a']],
  ['letters of any script', '* @a\n/süß/** @b', 'süß/x', ['@b']],
  ['an escaped space inside a pattern', '* @a\n/my\\ docs/ @b', 'my docs/x', ['@b']],
  ['a tab before owners', '* @a\n/docs/\t@b\t@c', 'docs/x', ['@b', '@c']],
  ['mail addresses', '* a.b+c@example.co.uk', 'x', ['a.b+c@example.co.uk']],
  ['a comment right behind an owner', '* @a#comment', 'x', ['@a']],
  ['a later line wins though it says less', '/docs/api.md @a\n* @b', 'docs/api.md', ['@b']],
  ['a later line takes owners away', '* @a\n/docs/', 'docs/x', []],
  ['a line of spaces is none', '* @a\n   \t ', 'x', ['@a']],
  ['owners keep their spelling', '* @Acme/API-Team', 'x', ['@Acme/API-Team']],
  ['the same owner twice stays twice', '* @a @a', 'x', ['@a', '@a']],
])('%s', (_name, text, path, owners) => {
  expect(matchCodeowners(text, path).owners).toEqual(owners)
})

test('a file of more than 3 MB owns nothing, also when its characters are fewer', () => {
  expect(matchCodeowners(`* @a\n#${'ß'.repeat(1.6 * 1024 * 1024)}`, 'x').owners).toEqual([])
  expect(matchCodeowners(`* @a\n#${'ß'.repeat(1.4 * 1024 * 1024)}`, 'x').owners).toEqual(['@a'])
})

test('a file of more than 3 MB owns nothing, as on GitHub', () => {
  expect(matchCodeowners(`* @a\n${'#'.repeat(3 * 1024 * 1024)}`, 'x').owners).toEqual([])
})

test('threat 16: a line full of asterisks takes no noticeable time', () => {
  expect(readCodeowners(`/${'*a'.repeat(100)}b @a`).ownersOf('a'.repeat(4000)).line).toBe(null)
  expect(readCodeowners(`${'**/'.repeat(100)}b @a`).ownersOf('a/'.repeat(2000)).line).toBe(null)
})

const corpus = new URL('../../../shared/corpus/peers/codeowners.jsonl', import.meta.url)

/** Rows that other matchers see differently; GitHub's documentation and hmarr/codeowners agree with us. `- ` is a file with GitLab's sections. */
const deliberate = new Set([
  '- ',
  'foo/* bar/foo/file.ext',
  '[Ffb]oo Foo',
  '[Ffb]oo boo',
  'foo/**/ foo/bar',
  'docs/* docs/',
  '- foo/bar/docs/foo.js',
])

interface Row {
  readonly kind: string
  readonly authority: number
  readonly dialect: string
  readonly pattern?: string
  readonly path?: string
  readonly codeowners?: string
  readonly line?: string
  readonly expected: unknown
}

const rows: Row[] = existsSync(corpus)
  ? readFileSync(corpus, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row)
  : []

function answer(row: Row): unknown {
  if (row.kind === 'match') return isMatched(row.pattern ?? '', row.path ?? '')
  if (row.kind === 'owners') {
    const { owners, line } = matchCodeowners(row.codeowners ?? '', row.path ?? '')
    return line === null || (owners.length === 0 && row.expected === null) ? null : owners
  }
  const { lines } = readCodeowners(row.line ?? row.codeowners ?? '')
  return lines.map(({ pattern, owners }) => ({ pattern, owners }))
}

function expected(row: Row): unknown {
  if (row.kind !== 'rule' && row.kind !== 'parse') return row.expected
  const list = (Array.isArray(row.expected) ? row.expected : [row.expected]) as {
    error?: string
    pattern: string
    owners: { owner: string }[]
  }[]
  return list
    .filter(({ error }) => error === undefined)
    .map(({ pattern, owners }) => ({ pattern, owners: owners.map(({ owner }) => owner) }))
}

test(`published matchers agree on ${rows.length} rows${rows.length === 0 ? ' (corpus absent: nothing compared)' : ''}`, () => {
  const comparable = rows.filter(
    (row) => row.dialect === 'github' && ['match', 'owners', 'rule', 'parse'].includes(row.kind) && !('allowed_owner_types' in row),
  )
  const different = comparable.filter((row) => JSON.stringify(answer(row)) !== JSON.stringify(expected(row)))
  expect(different.filter(({ authority }) => authority < 3)).toEqual([])
  expect(different.map(({ pattern, path }) => `${pattern ?? '-'} ${path ?? ''}`).filter((name) => !deliberate.has(name))).toEqual([])
})
