import { expect, test } from 'vitest'
import type { CheckRunDraft, Report } from '../../src/model/report.ts'
import { renderReport } from '../../src/render/check-run.ts'
import type { ReportContext } from '../../src/render/context.ts'
import { stories } from './stories.ts'

const context: ReportContext = {
  repositoryUrl: 'https://github.com/acme/shop',
  isPublic: false,
  pullRequest: { number: 412, draft: false },
  appSlug: 'specgate',
  comments: { on: 'changed-lines', most: 10 },
  commands: true,
  rulesVersion: '2026.1',
  durationMs: 1432,
}

test.each(Object.keys(stories))('%s reads as in its golden file', async (name) => {
  const report = renderReport(story(name), context)
  await expect(asMarkdown(report)).toMatchFileSnapshot(`golden/${name.replaceAll(' ', '-')}.md`)
})

function story(name: string) {
  const make = stories[name]
  if (make === undefined) throw new Error(`no story ${name}`)
  return make()
}

/** Everything that would stand on the pull request, one below the other. */
function asMarkdown(report: Report): string {
  const comments = report.comments.map((comment) => `## Review comment ${comment.path}:${comment.line} ${comment.side}\n\n${comment.body}`)
  const reviewers = [...report.reviewers.users, ...report.reviewers.teams.map((team) => `team ${team}`)]
  return [
    ...report.checkRuns.flatMap(runAsMarkdown),
    ...(report.summary === null ? [] : [`# Summary comment\n\n${report.summary}`]),
    ...comments,
    ...(reviewers.length === 0 ? [] : [`# Requested reviewers: ${reviewers.join(', ')}`]),
    '',
  ].join('\n\n')
}

function runAsMarkdown(run: CheckRunDraft): string[] {
  const annotations = run.annotations.slice(0, 20).map((one) => {
    const place = `${one.path}:${one.startLine}${one.endLine === one.startLine ? '' : `-${one.endLine}`}`
    return `- ${one.level} ${place} **${one.title}**\n${one.message.replace(/^/gm, '  ')}${one.rawDetails === null ? '' : `\n  raw: ${one.rawDetails.split('\n').join(' / ')}`}`
  })
  const more = run.annotations.length > 20 ? [`- and ${run.annotations.length - 20} more`] : []
  const buttons = run.actions.map((action) => `[${action.label}]`).join(' ')
  return [
    `# ${run.name} · ${run.conclusion ?? 'in progress'} · ${run.title}`,
    run.summary,
    ...(buttons === '' ? [] : [`buttons: ${buttons}`]),
    ...(run.text === null
      ? []
      : [`## text\n\n${run.text.length > 6000 ? `${run.text.slice(0, 3000)}\n[${run.text.split('\n- ').length} entries]` : run.text}`]),
    ...(annotations.length === 0 ? [] : [`## annotations\n\n${[...annotations, ...more].join('\n')}`]),
  ]
}
