import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export type Received = { headers: Record<string, string>; body: string }
type Answer = { status: number; body?: string; headers?: Record<string, string>; afterMillis?: number }

/** Somebody's server that is called by webhooks, and answers as the test says. */
export async function startReceiver(first: Answer = { status: 204 }) {
  const received: Received[] = []
  const state = { answer: first, open: 0, mostOpen: 0 }
  const server = createServer((request, response) => {
    state.open += 1
    state.mostOpen = Math.max(state.mostOpen, state.open)
    response.once('close', () => (state.open -= 1))
    void request.toArray().then((chunks: Buffer[]) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      received.push({ headers, body: Buffer.concat(chunks).toString() })
      const { status, body, headers: more = {}, afterMillis = 0 } = state.answer
      setTimeout(() => response.writeHead(status, more).end(body), afterMillis)
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answerWith: (answer: Answer) => {
      state.answer = answer
    },
    mostOpen: () => state.mostOpen,
  }
}
