import { afterAll } from 'vitest'
import { endOwnProcesses } from './own-processes.ts'

// Run for each test file; modules are loaded once for all files of a worker, where a hook of theirs would hold for the first.
afterAll(endOwnProcesses)
