/** GitHub's limits as this room meets them, each with its source. Where GitHub cuts, a review says so or finds another way. */

/** REST, most lists: at most 100 items a page. */
export const perPage = 100

/** REST, "Compare two commits": files stand on the first page only, at most 300. */
export const comparedFiles = 300

/** REST, "List pull requests files": at most 3,000 files, so 30 pages. */
export const filePages = 30

/** REST, "Compare two commits": 250 commits unless paged; a pull request with more is rare and its contributors count as unknown. */
export const comparedCommits = 250

/** 1,000 reviews of one pull request; more are not read, and a gap says so. */
export const reviewPages = 10

/** 3,000 comments of one pull request. */
export const commentPages = 30

/** 1,000 check runs on one commit. */
export const checkPages = 10

/** 3,000 members of one team. */
export const memberPages = 30

/** REST, "Create a check run": at most 50 annotations a request; further updates append. */
export const annotationsPerRequest = 50

/** Ours: past this many, the worst are shown and the text lists the rest. 500 need ten requests at GitHub's pace of one write a second. */
export const annotationsPerRun = 500

/** REST, "Create a check run": `output.summary` and `output.text` hold at most 65,535 characters; bytes are the stricter reading. */
export const outputBytes = 65_535

/** REST, "Create a check run": `message` and `raw_details` of an annotation hold at most 64 KB. */
export const annotationBytes = 64 * 1024 - 1

/** REST, "Create a check run": `title` of an annotation holds at most 255 characters. */
export const annotationTitle = 255

/** A comment holds at most 65,536 characters (the web form and the API say so when they refuse). */
export const commentCharacters = 65_536

/** Blobs fetched at once for one review; GitHub allows 100 concurrent requests in all ("Rate limits for the REST API"). */
export const concurrentReads = 8

/** REST, "Get a tree": 100,000 entries or 7 MB, then `truncated`. Folders are then read one by one, at most this many. */
export const treeRequests = 60

/** Files searched for descriptions that reference a changed fragment. Each is one request the first time, and none after that. */
export const searchedFiles = 400

/** Commits at which approvals are checked against content; each is two requests. Older approvals beyond these do not count. */
export const reviewedCommits = 8

/** Ours: descriptions are read to this size (openapi/limits.ts says why). */
export const blobBytes = 20 * 1024 * 1024

/** Commits of a merge group that are asked for their pull requests, the newest first. */
export const groupCommits = 20
