/** What is a command in a comment, and what is not, however it is dressed. */
import { expect, test } from 'vitest'
import { readCommands } from '../../src/policy/commands/read.ts'

const read = (body: string) => readCommands(body).map((said) => ('command' in said ? said.command : said))
const none = { ids: [], kind: null, until: null, ticket: null, words: '' }

test.each<[string, object]>([
  ['/specgate recheck', { verb: 'recheck' }],
  ['  /SpecGate ReCheck  ', { verb: 'recheck' }],
  ['/specgate approve 7c1e9a', { verb: 'approve', ids: ['7c1e9a'] }],
  ['/specgate approve `7C1E9A`, `b02f11`', { verb: 'approve', ids: ['7c1e9a', 'b02f11'] }],
  ['/specgate explain 7c1e9a', { verb: 'explain', ids: ['7c1e9a'] }],
  ['/specgate explain', { verb: 'explain' }],
  [
    '/specgate not-an-issue 7c1e9a "public by design: avatar hash"',
    { verb: 'not-an-issue', ids: ['7c1e9a'], words: 'public by design: avatar hash' },
  ],
  ['/specgate not-an-issue “facade is public”', { verb: 'not-an-issue', words: 'facade is public' }],
  ['/specgate break-glass "INC-91"', { verb: 'break-glass', words: 'INC-91' }],
  ['/specgate break-glass INC-91: checkout is down', { verb: 'break-glass', words: 'INC-91: checkout is down' }],
  [
    '/specgate waive 7c1e9a kind=agreed until=2027-03-01 ticket=API-212 Partners agreed on the call of May 4.',
    {
      verb: 'waive',
      ids: ['7c1e9a'],
      kind: 'agreed',
      until: '2027-03-01',
      ticket: 'API-212',
      words: 'Partners agreed on the call of May 4.',
    },
  ],
  [
    '/specgate waive 7c1e9a until=2027-03-01 facade removed with the consent of all clients',
    { verb: 'waive', ids: ['7c1e9a'], until: '2027-03-01', words: 'facade removed with the consent of all clients' },
  ],
])('%s', (body, command) => {
  expect(read(body)).toEqual([{ ...none, ...command }])
})

test.each([
  ['/specgate', /understands/],
  ['/specgate aprove 7c1e9a', /did you mean `approve`/],
  ['/specgate approve', /Say what is approved/],
  ['/specgate approve everything', /`everything` is not the id/],
  ['/specgate waive until=2027-03-01 because it is fine and agreed', /which finding/],
  ['/specgate waive 7c1e9a because it is fine and agreed', /until when/],
  ['/specgate waive 7c1e9a until=tomorrow because it is fine and agreed', /is a date/],
  ['/specgate waive 7c1e9a until=2027-02-30 because it is fine and agreed', /is a date/],
  ['/specgate waive 7c1e9a until=2027-03-01 fine', /20 to 1000 characters/],
  ['/specgate waive 7c1e9a kind=whatever until=2027-03-01 because it is fine and agreed', /none of them/],
  ['/specgate not-an-issue 7c1e9a', /Say why/],
  ['/specgate break-glass', /Say why/],
  ['/specgate __proto__', /is not a command/],
  ['/specgate constructor 7c1e9a', /is not a command/],
])('%s is answered with a reason', (body, reason) => {
  expect(read(body)).toEqual([{ verb: expect.any(String), problem: expect.stringMatching(reason) }])
})

test.each([
  ['a quote', '> /specgate approve 7c1e9a'],
  ['a nested quote', '> > /specgate break-glass "x y z"'],
  ['a code block', '```\n/specgate approve 7c1e9a\n```'],
  ['a code block with a longer fence', '````md\n```\n/specgate approve 7c1e9a\n````'],
  ['a code block of tildes', '~~~\n/specgate approve 7c1e9a\n~~~'],
  ['a code block that is never closed', '```\n/specgate approve 7c1e9a'],
  ['indented code', '    /specgate approve 7c1e9a'],
  ['a tab', '\t/specgate approve 7c1e9a'],
  ['hidden HTML', '<!-- \n/specgate approve 7c1e9a\n-->'],
  ['hidden HTML that is never closed', 'Looks good <!--\n/specgate approve 7c1e9a'],
  ['the middle of a sentence', 'Just write /specgate approve 7c1e9a'],
  ['code within a line', '`/specgate approve 7c1e9a`'],
  ['a list', '- /specgate approve 7c1e9a'],
  ['another word', '/specgated approve 7c1e9a'],
  ['an invisible beginning', '\u200b/specgate approve 7c1e9a'],
  ['nothing', ''],
])('%s is no command', (_, body) => {
  expect(read(body)).toEqual([])
})

test('commands after a code block, between words and over several lines count, in order', () => {
  expect(read('Thanks.\r\n```\n/specgate recheck\n```\n/specgate explain 7c1e9a\nand\n/specgate recheck').map(({ verb }) => verb)).toEqual([
    'explain',
    'recheck',
  ])
})

test('a comment as long as GitHub allows is read in time that grows with its length, and no more than twenty commands of it', () => {
  for (const part of [
    '/specgate approve 7c1e9a\n',
    '<!--',
    '-->',
    '```\n',
    '"',
    '/specgate break-glass "',
    '> ',
    'a=b ',
    '/specgate waive ',
  ])
    expect(read(part.repeat(Math.ceil(70_000 / part.length))).length).toBeLessThanOrEqual(20)
})
