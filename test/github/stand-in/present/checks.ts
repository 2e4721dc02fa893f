/** Check runs, suites and annotations as GitHub's REST API and webhooks show them. */
import { fullName, type Annotation, type CheckRun, type CheckSuite, type World } from '../state.ts'
import { nodeId } from './accounts.ts'
import { readCommit, simpleCommitJson } from './commits.ts'
import { pullRequestMinimal, pullRequestsOfHead } from './pull-requests.ts'
import { apiUrlOf, appJson, repositoryJson, webUrlOf } from './repositories.ts'

type Json = Record<string, unknown>

export function checkRunJson(world: World, run: CheckRun): Json {
  const url = `${apiUrlOf(world, run.repository)}/check-runs/${run.id}`
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CR', run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: `${webUrlOf(world, run.repository)}/runs/${run.id}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appJson(world, run.suite.app),
    pull_requests: minimalPulls(world, run.repository, run.headSha),
  }
}

function minimalPulls(world: World, repository: CheckRun['repository'], sha: string): Json[] {
  return pullRequestsOfHead(world, fullName(repository), sha).map((pull) => pullRequestMinimal(world, pull))
}

export function annotationJson(world: World, run: CheckRun, annotation: Annotation): Json {
  return { ...annotation, blob_href: `${webUrlOf(world, run.repository)}/blob/${run.headSha}/${annotation.path}` }
}

export async function checkSuiteJson(world: World, suite: CheckSuite): Promise<Json> {
  const api = `${apiUrlOf(world, suite.repository)}/check-suites/${suite.id}`
  const commit = await readCommit(suite.repository.directory, suite.headSha)
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: suite.status,
    conclusion: suite.conclusion,
    url: api,
    before: suite.before,
    after: suite.headSha,
    pull_requests: minimalPulls(world, suite.repository, suite.headSha),
    app: appJson(world, suite.app),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: world.checkRuns.filter((run) => run.suite === suite).length,
    check_runs_url: `${api}/check-runs`,
    head_commit: simpleCommitJson(commit),
    repository: repositoryJson(world, suite.repository),
  }
}
