/** Every operation the stand-in answers, by GitHub's operation id. One file a resource. */
import type { Routes } from './context.ts'
import { appRoutes } from './resources/apps.ts'
import { branchRoutes } from './resources/branches.ts'
import { checkRunRoutes } from './resources/check-runs.ts'
import { checkSuiteRoutes } from './resources/check-suites.ts'
import { codeScanningRoutes } from './resources/code-scanning.ts'
import { commitRoutes } from './resources/commits.ts'
import { contentRoutes } from './resources/contents.ts'
import { deliveryRoutes } from './resources/deliveries.ts'
import { gitRoutes } from './resources/git-objects.ts'
import { issueCommentRoutes } from './resources/issue-comments.ts'
import { labelRoutes } from './resources/labels.ts'
import { peopleRoutes } from './resources/people.ts'
import { pullRoutes } from './resources/pulls.ts'
import { reactionRoutes } from './resources/reactions.ts'
import { repositoryRoutes } from './resources/repositories.ts'
import { reviewCommentRoutes } from './resources/review-comments.ts'
import { reviewRoutes } from './resources/reviews.ts'
import { teamRoutes } from './resources/teams.ts'

export const routes: Routes = {
  ...appRoutes,
  ...branchRoutes,
  ...checkRunRoutes,
  ...checkSuiteRoutes,
  ...codeScanningRoutes,
  ...commitRoutes,
  ...contentRoutes,
  ...deliveryRoutes,
  ...gitRoutes,
  ...issueCommentRoutes,
  ...labelRoutes,
  ...peopleRoutes,
  ...pullRoutes,
  ...reactionRoutes,
  ...repositoryRoutes,
  ...reviewCommentRoutes,
  ...reviewRoutes,
  ...teamRoutes,
}
