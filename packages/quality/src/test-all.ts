import { chaos } from './chaos.ts'
import { checkSteps, generateClient } from './check-steps.ts'
import { buildWeb, endToEnd } from './end-to-end.ts'
import { checkFirstLoad } from './first-load/check-first-load.ts'
import { runSteps } from './steps.ts'
import { unitTests } from './unit-tests.ts'

await runSteps([generateClient, ...checkSteps, unitTests, chaos, buildWeb, checkFirstLoad, endToEnd()])
