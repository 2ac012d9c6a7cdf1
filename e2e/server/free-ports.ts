import { createServer } from 'node:net'

/** That many ports that nobody listens on; all are held until all are known, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(Array.from({ length: count }, listenAnywhere))
  const ports = probes.map((probe) => {
    const address = probe.address()
    return typeof address === 'object' && address ? address.port : 0
  })
  await Promise.all(probes.map((probe) => new Promise((done) => probe.close(done))))
  return ports
}

const listenAnywhere = () =>
  new Promise<ReturnType<typeof createServer>>((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => done(probe))
  })
