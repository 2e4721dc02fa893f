/** Check suites: one per commit and app. */
import { openSuite, rerequestSuite } from '../acts/check-runs.ts'
import { botLogin, counted, created, numberOf, ok, parameter, repositoryOf, stringOr, type Context, type Routes } from '../context.ts'
import { notFound, unprocessable } from '../errors.ts'
import { resolve, resolveRef } from '../git.ts'
import { checkRunJson, checkSuiteJson } from '../present/checks.ts'
import type { CheckSuite } from '../state.ts'
import { filterRuns } from './check-runs.ts'

function suiteOf(context: Context): CheckSuite {
  const found = context.world.suites.find(
    ({ id, repository }) => id === numberOf(context, 'check_suite_id') && repository === repositoryOf(context),
  )
  if (found === undefined) throw notFound()
  return found
}

export const checkSuiteRoutes: Routes = {
  'checks/get-suite': async (context) => ok(await checkSuiteJson(context.world, suiteOf(context))),
  'checks/create-suite': async (context) => {
    const repository = repositoryOf(context)
    const headSha = await resolve(repository.directory, stringOr(context.body['head_sha'], ''))
    if (headSha === null) throw unprocessable(`No commit found for SHA: ${stringOr(context.body['head_sha'], '')}`)
    const suite = openSuite(context.world, repository, { app: context.world.app, headSha, headBranch: null, before: null })
    return created(await checkSuiteJson(context.world, suite))
  },
  'checks/list-suites-for-ref': async (context) => {
    const repository = repositoryOf(context)
    const sha = await resolveRef(repository.directory, parameter(context, 'ref'))
    if (sha === null) throw unprocessable(`No commit found for SHA: ${parameter(context, 'ref')}`)
    const app = context.query.get('app_id')
    const suites = context.world.suites.filter(
      (suite) => suite.repository === repository && suite.headSha === sha && (app === null || String(suite.app.id) === app),
    )
    return counted('check_suites', await Promise.all(suites.map((suite) => checkSuiteJson(context.world, suite))))
  },
  'checks/list-for-suite': (context) => {
    const suite = suiteOf(context)
    return counted(
      'check_runs',
      filterRuns(
        context,
        context.world.checkRuns.filter((run) => run.suite === suite),
      ).map((run) => checkRunJson(context.world, run)),
    )
  },
  'checks/rerequest-suite': async (context) => {
    await rerequestSuite(context.world, suiteOf(context), botLogin(context.world))
    return { status: 201, body: {} }
  },
}
