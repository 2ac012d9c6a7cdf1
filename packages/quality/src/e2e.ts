import { generateClient } from './check-steps.ts'
import { buildWeb, endToEnd } from './end-to-end.ts'
import { runSteps } from './steps.ts'

await runSteps([generateClient, buildWeb, endToEnd(process.argv.slice(2))])
