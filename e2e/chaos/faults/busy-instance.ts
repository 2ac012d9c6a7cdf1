import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../product/until.ts'
import type { RowContext } from '../row.ts'

const hook = import.meta.resolve('./hooks/busy-loop.ts')

/** One more instance, with little memory, that can be made to compute without end. */
export async function startLaden({ stage, afterwards }: RowContext, megabytes: number) {
  const folder = await mkdtemp(join(tmpdir(), 'packline-busy-'))
  afterwards(() => rm(folder, { recursive: true }))
  const file = join(folder, 'busy')
  const instance = stage.fleet.start({
    nodeArguments: [`--max-old-space-size=${megabytes}`, '--import', hook],
    environment: { BUSY_FILE: file },
  })
  await instance.ready
  return {
    instance,
    block: async () => {
      await writeFile(file, '')
      // Not `child.kill`, after which it counts as killed.
      process.kill(instance.child.pid ?? 0, 'SIGUSR2')
      await until(async () => existsSync(`${file}.begun`), 'the instance computes without end', 20)
    },
    unblock: () => rm(file, { force: true }),
  }
}
