import type { RowContext } from '../row.ts'
import { startTcpProxy, throughProxy } from './tcp-proxy.ts'

/** One more instance, whose way to the database can be made bad. */
export async function startBehindProxy({ stage, afterwards }: RowContext) {
  const { hostname: host, port } = new URL(stage.url)
  const proxy = await startTcpProxy({ host, port: Number(port) })
  afterwards(proxy.close)
  const instance = stage.fleet.start({ databaseUrl: throughProxy(stage.url, proxy) })
  await instance.ready
  return { proxy, instance }
}
