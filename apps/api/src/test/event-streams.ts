import type { AddressInfo } from 'node:net'
import type { ChangeHint } from '@packline/contract/changes.ts'
import { expect, onTestFinished } from 'vitest'
import { createCustomer, createDeliveryScene } from './atoms.ts'
import { createAccount, signInAs } from './people.ts'
import type { TestApp } from './test-app.ts'

type Person = { cookie: string } | { authorization: string }

/** Has the server listen on a port, and says how to hear from there what changes. */
export async function listenAt({ app, db }: TestApp) {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo // it listens on a port

  const streamFor = (person: Person | undefined, at = port, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${at}/api/v1/events`, {
      headers: {
        accept: 'text/event-stream',
        'accept-encoding': 'gzip, br',
        ...(person && ('cookie' in person ? { cookie: person.cookie } : person)),
        ...headers,
      },
    })

  /** The connection that listens is there: nothing said from now on is missed. */
  const untilListened = () =>
    expect
      .poll(async () => {
        const rows = await db.$queryRaw<unknown[]>`
          select pid from pg_stat_activity where datname = current_database()
            and application_name = 'packline signals' and state = 'idle' and query like '%listen packline_changes%'`
        return rows.length
      })
      .toBeGreaterThan(0)

  let isFirst = true

  /** What somebody hears, as it comes; without what only the first one hears, who came before the server listened. */
  async function listen(person: Person, at = port) {
    const answer = await streamFor(person, at)
    expect(answer.status).toBe(200)
    const heard: ChangeHint[] = []
    const ended = (async () => {
      let text = ''
      for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) {
          if (block.startsWith('data: ')) heard.push(JSON.parse(block.slice('data: '.length)) as ChangeHint)
        }
      }
    })().catch(() => undefined)
    onTestFinished(() => answer.body?.cancel().catch(() => undefined))
    await untilListened()
    if (isFirst) {
      isFirst = false
      await expect.poll(() => heard).toContainEqual({ kind: 'everything', id: null })
      heard.length = 0
    }
    return {
      answer,
      heard,
      ended,
      hears: async (hint: ChangeHint) => {
        await expect.poll(() => heard, { timeout: 5_000 }).toContainEqual(hint)
      },
    }
  }

  return { streamFor, listen }
}

/** A publisher, an account that has its pack installed, and somebody who has nothing to do with it. */
export async function createListeners(test: TestApp) {
  const scene = await createDeliveryScene(test)
  const customer = await createCustomer(test, scene)
  const publisher = await signInAs(test, { accountId: scene.publisherId })
  const operator = await signInAs(test, { accountId: customer.accountId })
  const stranger = await signInAs(test, { accountId: await createAccount(test) })
  return { scene, customer, publisher, operator, stranger }
}
