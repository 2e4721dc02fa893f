import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { expect, test } from 'vitest'
import type { Review } from '../../src/model/review.ts'
import { renderReport } from '../../src/render/check-run.ts'
import type { ApiChangelog } from '../../src/model/changelog.ts'
import type { CommandOutcome } from '../../src/model/decision.ts'
import { changelogMarkdown } from '../../src/render/changelog.ts'
import { solvedComment, summaryComment } from '../../src/render/comment.ts'
import type { ReportContext } from '../../src/render/context.ts'
import { diffMarkdown, lintMarkdown, reviewMarkdown } from '../../src/render/markdown.ts'
import { diffText, lintText, reviewText } from '../../src/render/text.ts'
import { workflowCommands } from '../../src/render/workflow-commands.ts'
import {
  apiReview,
  change,
  commits,
  decision,
  diffResult,
  diffSummary,
  fingerprint,
  judgedFinding,
  lintFinding,
  lintResult,
  operation,
  place,
  problem,
  requirement,
  review,
  ruleOutcome,
  waiver,
} from '../builders.ts'
import { hostileTexts } from './hostile-texts.ts'

const context: ReportContext = {
  repositoryUrl: 'https://github.com/acme/shop',
  isPublic: false,
  pullRequest: { number: 1, draft: false },
  appSlug: 'specgate',
  comments: { on: 'changed-lines', most: 10 },
  commands: true,
}

type Node = ReturnType<typeof parse> | ReturnType<typeof parse>['children'][number]

function parse(markdown: string) {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
}

function childrenOf(node: Node): readonly Node[] {
  return 'children' in node ? node.children : []
}

function nodesOf(node: Node): readonly Node[] {
  return [node, ...childrenOf(node).flatMap(nodesOf)]
}

function valueOf(node: Node): string {
  return 'value' in node ? node.value : ''
}

/** The blocks and marks of a text, without its words: what a hostile value must not be able to change. */
function shapeOf(node: Node): string {
  const children = childrenOf(node)
    .map(shapeOf)
    .filter((shape) => shape !== '')
  if (node.type === 'text' || node.type === 'inlineCode') return ''
  // A path too long for a link is shown without one.
  if (node.type === 'link') return children.join(' ')
  return children.length === 0 ? node.type : `${node.type}(${children.join(' ')})`
}

/** A review that holds the text wherever a review holds text. */
function reviewHolding(text: string): Review {
  const path = `specs/${text}.yaml`
  const finding = judgedFinding({
    rule: text,
    message: text,
    why: text,
    fix: text,
    place: place({ file: path, line: 3 }),
    operation: operation(`GET /${text}`),
    reaches: [operation(`GET /${text}`), operation(`POST /${text}`)],
    component: text,
    category: text,
    cwe: text,
    blocking: true,
    wouldBlock: true,
    witness: text,
    api: text,
  })
  const settled = {
    ...finding,
    fingerprint: fingerprint('aaaaaa'),
    id: 'aaaaaa',
    blocking: false,
    wouldBlock: false,
    settled: 'waived' as const,
  }
  const notice = {
    ...finding,
    fingerprint: fingerprint('bbbbbb'),
    id: 'bbbbbb',
    blocking: false,
    wouldBlock: false,
    severity: 'notice' as const,
  }
  const rule = ruleOutcome({
    rule: text,
    because: [text],
    why: text,
    link: text,
    selected: [finding.fingerprint],
    requirements: [requirement({ from: text, candidates: [text], approvals: [{ login: text, commit: text }], needed: 2 })],
  })
  return review({
    apis: [
      apiReview({
        id: text,
        path,
        title: text,
        version: { base: text, head: `${text}!` },
        changelog: [text],
        entries: apiChangelogHolding(text),
        notes: [text],
        summary: diffSummary({ breaking: 1 }),
      }),
      apiReview({ id: `gone ${text}`, path: text, state: 'moved', previousPath: text, problems: [problem({ file: path, message: text })] }),
    ],
    findings: [finding, settled, notice],
    problems: [problem({ file: text, message: text, kind: 'policy' })],
    gaps: [text],
    decision: decision({
      status: 'waiting',
      rules: [rule, { ...rule, status: 'denied', from: 'organisation' }],
      askForReview: [text],
      waived: { [settled.fingerprint]: waiver({ id: text, reason: text, grantedBy: text, expires: text }) },
      denied: [finding.fingerprint],
      commands: [
        said(text, 'refused', finding.fingerprint),
        said('explain', 'accepted', finding.fingerprint),
        said(text, 'not-understood', ''),
      ],
    }),
    policy: { mode: 'enforce', sources: [text] },
    verdict: { review: 'failure', approval: 'waiting', reviewTitle: text, approvalTitle: text, notEvaluated: [text] },
  })
}

function said(text: string, status: CommandOutcome['status'], fingerprint: string): CommandOutcome {
  const known = { comment: 1, where: 'conversation', by: text, verb: text, status } as const
  return { ...known, findings: fingerprint === '' ? [] : [fingerprint], because: status === 'accepted' ? '' : text }
}

function apiChangelogHolding(text: string): ApiChangelog {
  const known = { class: 'breaking', rule: text, message: text, operations: [`GET /${text}`, `POST /${text}`] } as const
  const entries = [{ ...known, kind: 'breaking', security: null } as const, { ...known, kind: 'security', security: 'exposure' } as const]
  return { id: text, title: text, version: { base: text, head: `${text}!` }, entries, left: 3 }
}

/** Every Markdown text that such a review turns into. */
function markdownOf(text: string): readonly string[] {
  const held = reviewHolding(text)
  const report = renderReport(held, { ...context, rulesVersion: text })
  const failed = renderReport({ ...held, verdict: { ...held.verdict, approval: 'failure' } }, { ...context, isPublic: true })
  const changed = change({ message: text, reaches: held.findings.flatMap((finding) => finding.reaches), head: place({ file: text }) })
  const runs = [...report.checkRuns, ...failed.checkRuns]
  return [
    ...runs.flatMap((run) => [run.summary, ...(run.text === null ? [] : [run.text])]),
    ...(report.summary === null ? [] : [report.summary]),
    ...report.comments.map((comment) => comment.body),
    solvedComment(held),
    changelogMarkdown({ schema: 'specgate/changelog@1', apis: [apiChangelogHolding(text)] }),
    ...(['draft-waiver', 'explain-policy'] as const).map(
      (asked) => renderReport(held, { ...context, asked, waiver: { grantedBy: text, expires: '2027-01-01' } }).checkRuns[0]?.summary ?? '',
    ),
    summaryComment({ ...held, decision: { ...held.decision, bypass: { by: text, why: text } } }, context) ?? '',
    reviewMarkdown(held, context),
    diffMarkdown(diffResult({ changes: [changed], problems: [problem({ message: text, file: text })] })),
    lintMarkdown(
      lintResult({ findings: [lintFinding({ message: text, rule: text, fix: text, place: place({ file: text }) })], notes: [text] }),
    ),
  ]
}

const harmless = markdownOf('word').map((markdown) => shapeOf(parse(markdown)))

const ownHtml = [/^<details><summary>[^<>]*<\/summary>$/, /^<\/details>$/, /^<\/?sub>$/, /^<!-- specgate:[a-z0-9:-]+ -->$/]
const ownTypes = [
  ...['root', 'paragraph', 'heading', 'text', 'strong', 'delete', 'inlineCode', 'link', 'html', 'break', 'blockquote', 'code'],
  ...['table', 'tableRow', 'tableCell', 'list', 'listItem'],
]
const autolinks = [/@\w/, /#\d/, /\bGH-\d/i, /[A-Za-z]-\d/, /(?<![0-9a-f])[0-9a-f]{7,}/i, /:\/\//, /www\./i, /:\w+:/, /\$[^\s\u200B]/]
const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\uFEFF\u3164]/u

test.each(hostileTexts.map((text) => [JSON.stringify(text).slice(0, 60), text]))('%s changes no structure and links nothing', (_, text) => {
  const markdowns = markdownOf(text)
  expect(markdowns.map((markdown) => shapeOf(parse(markdown)))).toEqual(harmless)
  for (const markdown of markdowns) {
    for (const node of nodesOf(parse(markdown))) {
      expect(ownTypes).toContain(node.type)
      if (node.type === 'link') expect(node.url).toMatch(/^https:\/\/github\.com\/acme\/shop\/blob\/[0-9a-f]{40}\//)
      if (node.type === 'html') expect(ownHtml.some((form) => form.test(node.value))).toBe(true)
      if (node.type === 'text' || node.type === 'html')
        for (const form of autolinks) expect(withoutMarkers(node.value ?? '')).not.toMatch(form)
      expect(valueOf(node).replaceAll('\n', '')).not.toMatch(unseen)
    }
  }
})

/** Fingerprints in our hidden markers are hexadecimal. */
function withoutMarkers(value: string): string {
  return value.startsWith('<!-- specgate:') ? '' : value
}

test.each(hostileTexts.map((text) => [JSON.stringify(text).slice(0, 60), text]))(
  '%s sends no control character to a terminal',
  (_, text) => {
    const changed = change({ message: text, why: text, fix: text, rule: text, head: place({ file: text }) })
    const texts = [
      reviewText(reviewHolding(text)),
      diffText(diffResult({ changes: [changed], problems: [problem({ message: text, file: text })] })),
      lintText(lintResult({ findings: [lintFinding({ message: text })], notes: [text] })),
    ]
    for (const output of texts) expect(output.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
  },
)

test.each(hostileTexts.map((text) => [JSON.stringify(text).slice(0, 60), text]))('%s forges no workflow command', (_, text) => {
  const lines = workflowCommands(reviewHolding(text)).split('\n')
  for (const line of lines)
    expect(line).toMatch(
      /^(?:::(?:error|warning|notice) (?:file=[^,:]*,line=\d+,endLine=\d+,(?:col=\d+,endColumn=\d+,)?)?title=[^,:]*::|API (?:review|approval): |$)/,
    )
  expect(lines.filter((line) => line.startsWith('::')).length).toBe(
    workflowCommands(reviewHolding('word'))
      .split('\n')
      .filter((line) => line.startsWith('::')).length,
  )
})

test('a suggestion cannot leave its fence, and what cannot be seen is not suggested', () => {
  const suggesting = (lines: readonly string[]) => {
    const finding = judgedFinding({ blocking: true, wouldBlock: true, suggestion: lines })
    return renderReport(review({ findings: [finding], commits }), context).comments[0]?.body ?? ''
  }
  const codes = nodesOf(parse(suggesting(['a', '```', '````', '@team', '~~~']))).filter((node) => node.type === 'code')
  expect(codes).toMatchObject([{ lang: 'suggestion', value: 'a\n```\n````\n@team\n~~~' }])
  expect(suggesting([`abc${String.fromCodePoint(0x202e)}`])).not.toContain('suggestion')
})
