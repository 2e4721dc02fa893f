/** Where the files that govern a review stand in a repository, in order of preference. All are read at the base branch. */

const repository = ['.github/specgate.yml', '.github/specgate.yaml'] as const
const waivers = ['.github/specgate-waivers.yml', '.github/specgate-waivers.yaml'] as const
/** GitHub's own search order (docs.github.com, "About code owners"). */
const codeowners = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const
const catalog = ['catalog-info.yaml', 'catalog-info.yml'] as const
/** The names Spectral looks for. */
const rulesets = ['.spectral.yaml', '.spectral.yml', '.spectral.json'] as const

export const policyPaths = {
  repository,
  waivers,
  codeowners,
  catalog,
  rulesets,
  /** In the organisation's `.github` repository. */
  organisation: ['specgate.yml', 'specgate.yaml'],
  all: [...repository, ...waivers, ...codeowners, ...catalog],
} as const
