import { benchAtoms } from './bench-atoms.ts'
import { benchWeb } from './bench-web.ts'

/** What `pnpm bench` can measure, by name. */
const benches: Record<string, () => Promise<boolean>> = {
  atoms: benchAtoms,
  web: benchWeb,
}

const wanted = process.argv[2] ?? ''
const bench = benches[wanted]
if (!bench) {
  console.error(`pnpm bench takes one of: ${Object.keys(benches).join(', ')}.`)
  process.exit(1)
}
process.exit((await bench()) ? 0 : 1)
