/** How large an API description may be. Every limit is named in the problem it causes; nothing is cut silently. */

/** Larger files are not written by people and would hold a worker for seconds; the largest public description (GitHub's) has 13 MB. */
export const maxFileCharacters = 20 * 1024 * 1024

/** All files of one description together; the largest split description measured has 4 MB. */
export const maxTotalCharacters = 60 * 1024 * 1024

/** Files reached from one root document. The largest split public description measured (DigitalOcean's) has about 1,700. */
export const maxFiles = 3000

/** Maps and lists within each other. Real descriptions stay below 60; the walkers of the other rooms recurse and rely on this bound. */
export const maxDepth = 500

/** Nodes that YAML aliases may add when written out. `*a` repeated in ten levels of lists is a small file and 10^10 nodes. */
export const maxAliasNodes = 1_000_000

/** Keys that YAML merges (`<<`) may copy within one file. */
export const maxMergedKeys = 1_000_000

/** References followed in a row before we call the chain circular; real chains have two or three. */
export const maxReferenceHops = 64

/** Problems listed for one description; the rest are counted in one more problem. */
export const maxProblems = 200

/** Files beyond this are not given to the second YAML parser: it needs a second for each MB, and several for a text full of mistakes. */
export const maxLenientCharacters = 2 * 1024 * 1024
