import { isCode, isTest, type Rule } from './rule.ts'
import { localImportsOf, placeOf } from './syntax.ts'

const front = 'apps/api/src/platform-api/'
/** What puts the server together. */
const assembly = new Set(['apps/api/src/app.ts', 'apps/api/src/housekeeping.job.ts'])

/** The Platform API stands in front of the features; whatever needs something of it has it in the wrong place. */
export const secondFront: Rule = (files) =>
  files
    .filter(({ path }) => isCode(path) && !isTest(path) && !path.startsWith(front) && !assembly.has(path))
    .flatMap((file) =>
      localImportsOf(file)
        .filter(({ path }) => path.startsWith(front))
        .map(
          ({ node, path }) =>
            `${placeOf(file, node)}: imports ${path}. The Platform API uses the features and nothing uses it: move what both need to the feature, the platform or packages/domain.`,
        ),
    )
