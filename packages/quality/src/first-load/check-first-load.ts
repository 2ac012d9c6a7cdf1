import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { buildWeb } from '../end-to-end.ts'
import { readSource, root } from '../repository.ts'
import { check, type Step } from '../steps.ts'
import { listScreens } from './list-screens.ts'
import { exceedGates, gates, inKilobytes } from './gates.ts'
import { chunkList, weighScreens } from './weigh-screens.ts'

const dist = join(root, 'apps/web/dist')

/** What a page loads before it shows anything is a promise like any other: too much of it fails. */
export const checkFirstLoad: Step = {
  ...check('first load', () => Promise.resolve(isFirstLoadLight())),
  needs: buildWeb.name,
}

function isFirstLoadLight(): boolean {
  const screens = listScreens(readSource('apps/web/src/routes.tsx'), readSource('apps/web/src/screens.ts'))
  const chunks = chunkList.parse(JSON.parse(readFileSync(join(dist, '.build/chunks.json'), 'utf8')))
  const bytesOf = (file: string) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length
  const weights = weighScreens(screens, chunks, bytesOf)
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  const styles = [...page.matchAll(/href="\/([^"]+\.css)"/g)].map(([, file = '']) => bytesOf(file))
  if (styles.length === 0) throw new Error('The page names no stylesheet.')
  const problems = exceedGates(
    weights,
    styles.reduce((sum, bytes) => sum + bytes, 0),
  )
  for (const problem of problems) console.error(problem)

  const heaviest = weights.screens.toSorted((a, b) => b.scripts - a.scripts).slice(0, 3)
  console.log(
    `${weights.screens.length} pages; the most scripts come with ` +
      `${heaviest.map(({ name, scripts }) => `${name} (${inKilobytes(scripts)})`).join(', ')}; ` +
      `${inKilobytes(gates.scripts)} are allowed.`,
  )
  return problems.length === 0
}
