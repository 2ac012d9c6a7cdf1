import { checkSteps, generateClient } from './check-steps.ts'
import { buildWeb, endToEnd } from './end-to-end.ts'
import { checkFirstLoad } from './first-load/check-first-load.ts'
import { runSteps } from './steps.ts'
import { unitTests } from './unit-tests.ts'

await runSteps([generateClient, ...checkSteps, unitTests, buildWeb, checkFirstLoad, endToEnd()])
