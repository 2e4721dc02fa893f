#!/usr/bin/env node
/** The command line: one line a command here, one file a command beside it, loaded only when it is called. */
import { enableCompileCache } from 'node:module'
import { Command, CommanderError, Option } from 'commander'
import { version } from './tool.ts'
import { exitCode, UsageError, type ExitCode } from './fail.ts'

enableCompileCache()

const format = (...choices: string[]) => new Option('--format <format>', 'how to print the result').choices(choices).default('text')
const failOn = (...choices: string[]) =>
  new Option('--fail-on <level>', 'exit with 1 from this level on').choices(choices).default(choices[0])

/** Commander hands the action its arguments and options; the exit code is ours. */
function runs<Args extends readonly unknown[]>(load: () => Promise<(...args: Args) => Promise<ExitCode>>) {
  return async (...args: Args): Promise<void> => {
    process.exitCode = await (await load())(...args)
  }
}

const several = (value: string, before: readonly string[]): readonly string[] => [...before, value]

const program = new Command('specgate')
  .description('Reviews changes of OpenAPI descriptions: what breaks clients, what weakens security, and who must agree.')
  .version(version)
  .exitOverride()
  .configureOutput({ writeErr: () => undefined })
  .showSuggestionAfterError(true)

program
  .command('diff <base> <head>')
  .description('compares two descriptions: files, folders, or git revisions as ref:path')
  .addOption(format('text', 'json', 'markdown', 'sarif'))
  .addOption(failOn('breaking', 'dangerous', 'weakening', 'none'))
  .action(runs(async () => (await import('./diff.ts')).runDiff))

program
  .command('lint <files...>')
  .description('checks descriptions against the security rules')
  .option('--base <ref-or-file>', 'report only what is new since this file or git revision')
  .addOption(format('text', 'json', 'sarif'))
  .addOption(failOn('error', 'warning', 'notice', 'none'))
  .action(runs(async () => (await import('./lint.ts')).runLint))

program
  .command('review')
  .description('reviews a local git checkout as a pull request would be')
  .option('--base <ref>', 'branch to compare with (default: the remote default branch)')
  .option('--head <ref>', 'commit to review', 'HEAD')
  .addOption(format('text', 'json', 'markdown', 'sarif', 'github'))
  .option('--save <file>', 'write the snapshot to a file, for `specgate replay`')
  .option('--second-opinion', 'ask npm openapi-diff as well and show what it says (Markdown and JSON)')
  .action(runs(async () => (await import('./review.ts')).runReview))

program
  .command('changelog <base> <head>')
  .description('prints what changed between two descriptions for release notes: files, folders or git revisions')
  .addOption(new Option('--format <format>', 'how to print it').choices(['markdown', 'json']).default('markdown'))
  .action(runs(async () => (await import('./changelog.ts')).runChangelog))

program
  .command('replay <snapshot>')
  .description('reviews a stored snapshot again')
  .addOption(format('text', 'json', 'markdown', 'sarif', 'github'))
  .action(runs(async () => (await import('./review.ts')).runReplay))

const policy = program.command('policy').description('works with .github/specgate.yml')
policy
  .command('check <file>')
  .description('validates a policy file')
  .addOption(format('text', 'json'))
  .action(runs(async () => (await import('./policy.ts')).runPolicyCheck))
policy
  .command('explain')
  .description('prints the effective policy of this checkout and where each part comes from')
  .option('--ref <ref>', 'commit to read it at', 'HEAD')
  .option('--organisation <file>', "the organisation's specgate.yml")
  .action(runs(async () => (await import('./policy.ts')).runPolicyExplain))
policy
  .command('schema')
  .description('prints the JSON Schema of a policy, for completion in editors')
  .option('--waivers', 'the schema of a waiver file instead')
  .action(runs(async () => (await import('./policy.ts')).runPolicySchema))
policy
  .command('simulate [snapshot]')
  .description('prints what would be decided under assumptions, on this checkout or on a stored snapshot')
  .option('--base <ref>', 'branch to compare with (default: the remote default branch)')
  .option('--head <ref>', 'commit to review', 'HEAD')
  .option('--approve <login[@commit]>', 'assume this approval; repeatable', several, [])
  .option('--request-changes <login[@commit]>', 'assume that changes are requested; repeatable', several, [])
  .option('--dismiss <login>', 'assume that their review is dismissed; repeatable', several, [])
  .option('--team <@org/team=login,...>', 'assume these members; repeatable', several, [])
  .option('--permission <login=level>', 'assume this permission: admin, maintain, write or read; repeatable', several, [])
  .option('--label <name>', 'assume this label; repeatable', several, [])
  .option('--author <login>', 'assume this author')
  .option('--policy <file>', 'assume this policy instead of the one at base')
  .option('--organisation <file>', "the organisation's specgate.yml")
  .option('--at <instant>', 'assume this time, e.g. 2027-01-31')
  .addOption(format('text', 'json'))
  .action(runs(async () => (await import('./policy-simulate.ts')).runPolicySimulate))
policy
  .command('replay')
  .description('prints which of the changes merged lately another policy would have treated differently')
  .option('--policy <file>', 'the proposed policy', '.github/specgate.yml')
  .option('--ref <ref>', 'branch whose history and policy it is compared with', 'HEAD')
  .option('--last <number>', 'how many merged changes to look at', '20')
  .option('--organisation <file>', "the organisation's specgate.yml")
  .addOption(format('text', 'json'))
  .action(runs(async () => (await import('./policy-replay.ts')).runPolicyReplay))

program
  .command('explain <rule>')
  .description('prints the page of a rule')
  .action(runs(async () => (await import('./rules.ts')).runExplain))

program
  .command('rules')
  .description('lists every rule')
  .addOption(format('text', 'json'))
  .action(runs(async () => (await import('./rules.ts')).runRules))

program
  .command('who-approved <operation>')
  .description('says who let a finding in, e.g. who-approved "GET /users/{id}" --property passwordHash')
  .option('--property <name>', 'only findings about this property')
  .option('--repository <owner/name>', 'only decisions in this repository')
  .option('--all', 'every decision, not only the last of each pull request')
  .option('--from <file>', 'read an exported ledger (JSON Lines) instead of the store')
  .addOption(format('text', 'json'))
  .action(runs(async () => (await import('./who-approved.ts')).runWhoApproved))

const ledger = program.command('ledger').description('works with the record of decisions')
ledger
  .command('export')
  .description('prints every decision')
  .addOption(new Option('--format <format>', 'lines of JSON, or a table').choices(['jsonl', 'csv']).default('jsonl'))
  .option('--since <date>', 'only what was decided from this date on')
  .action(runs(async () => (await import('./ledger.ts')).runLedgerExport))
ledger
  .command('verify [file]')
  .description('checks that nothing in the ledger, or in an exported file, was changed, left out or cut off')
  .option('--expect <number:hash>', 'an entry that must be there, as an earlier check noted it')
  .addOption(format('text', 'json'))
  .action(runs(async () => (await import('./ledger.ts')).runLedgerVerify))

program
  .command('serve')
  .description('runs the GitHub App')
  .action(runs(async () => (await import('./serve.ts')).runServe))

program
  .command('doctor')
  .description('checks key, secret, clock, permissions, database and reachability')
  .action(runs(async () => (await import('./doctor.ts')).runDoctor))

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = endWith(error)
}

/** Every failure is one sentence on standard error; standard output stays parseable. */
function endWith(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCode.fine
    if (error.code !== 'commander.help') process.stderr.write(`${error.message.replace(/^error: /, 'specgate: ')}\n`)
    return exitCode.notEvaluated
  }
  const known = error instanceof UsageError || (error instanceof Error && error.name === 'GitError')
  const sentence = error instanceof Error ? error.message : String(error)
  process.stderr.write(known ? `specgate: ${sentence}\n` : `specgate: this is a fault of Specgate, not of your files: ${sentence}\n`)
  if (!known && process.env['SPECGATE_DEBUG'] !== undefined && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
  return exitCode.notEvaluated
}
