import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../product/temporary-folder.ts'
import { until } from '../product/until.ts'
import type { RowContext } from '../row.ts'

const hook = import.meta.resolve('./hooks/busy-loop.ts')

/** One more instance, with little memory, that can be made to compute without end. */
export async function startLaden(context: RowContext, megabytes: number) {
  const folder = await temporaryFolder(context, 'packline-busy-')
  const file = join(folder, 'busy')
  const instance = context.stage.fleet.start({
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
