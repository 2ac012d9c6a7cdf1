import type { Instance } from '../product/instances.ts'
import type { RowContext } from '../row.ts'
import { startTcpProxy, throughProxy } from './tcp-proxy.ts'

/** An instance whose way to the database can be cut, so that neither side is told. */
export type Line = {
  instance: Instance
  /** What cuts it, as it is printed. */
  way: string
  cut: () => Promise<unknown>
  heal: () => Promise<unknown>
}

/** One more instance, whose way to the database can be made bad. */
export async function startBehindProxy({ stage, afterwards }: RowContext) {
  const { hostname: host, port } = new URL(stage.url)
  const proxy = await startTcpProxy({ host, port: Number(port) })
  afterwards(proxy.close)
  const instance = stage.fleet.start({ databaseUrl: throughProxy(stage.url, proxy) })
  await instance.ready
  return { proxy, instance }
}

export async function startOnProxysLine(context: RowContext): Promise<Line> {
  const { proxy, instance } = await startBehindProxy(context)
  return {
    instance,
    way: 'a proxy that swallows what is sent',
    cut: async () => proxy.become({ kind: 'half-open' }),
    // The connections from before stay lost, as they do behind a network that came back as another one.
    heal: async () => proxy.become({ kind: 'open' }),
  }
}
