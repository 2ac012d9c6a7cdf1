import { expect, onTestFinished, test } from 'vitest'
import { createTestApp } from '../test/test-app.ts'
import { createSignals } from './signals.ts'

const { db, url } = await createTestApp()

const notify = (channel: string, payload: string) => db.$executeRaw`select pg_notify(${channel}, ${payload})`
const connections = () => db.$queryRaw<{ pid: number }[]>`
  select pid from pg_stat_activity where datname = current_database() and application_name = 'packline signals'`

function open() {
  const signals = createSignals(url)
  onTestFinished(() => signals.close())
  return signals
}

function hear(signals: ReturnType<typeof open>, ...channels: string[]) {
  const heard: string[] = []
  let began = 0
  const { close } = signals.listen({
    channels,
    onSignal: (payload, channel) => heard.push(`${channel} ${payload}`),
    onListening: () => (began += 1),
  })
  return { heard, close, began: () => began }
}

test('all listeners share one connection, also those that come later, and each hears its own channels', async () => {
  const signals = open()
  const first = hear(signals, 'one')
  await expect.poll(first.began).toBe(1)
  const later = hear(signals, 'one', 'two')
  await expect.poll(later.began).toBe(1)
  await notify('two', 'b')
  await notify('one', 'a')
  await expect.poll(() => later.heard).toEqual(['two b', 'one a'])
  expect(first.heard).toEqual(['one a'])
  expect(first.began()).toBe(1)
  expect(await connections()).toHaveLength(1)
})

test('whoever has closed hears nothing any more, and the others go on', async () => {
  const signals = open()
  const [gone, staying] = [hear(signals, 'one'), hear(signals, 'one')]
  await expect.poll(staying.began).toBe(1)
  gone.close()
  await notify('one', 'a')
  await expect.poll(() => staying.heard).toEqual(['one a'])
  expect(gone.heard).toEqual([])
})

test('after a break every listener is told that it may have missed something, and hears again', async () => {
  const signals = open()
  const both = [hear(signals, 'one'), hear(signals, 'two')]
  for (const { began } of both) await expect.poll(began).toBe(1)
  for (const { pid } of await connections()) await db.$queryRaw`select pg_terminate_backend(${pid}::int)`
  for (const { began } of both) await expect.poll(began, { timeout: 5_000 }).toBe(2)
  await notify('two', 'b')
  await expect.poll(() => both.map(({ heard }) => heard)).toEqual([[], ['two b']])
})

test('without a listener there is no connection, and none after the end', async () => {
  const signals = open()
  expect(await connections()).toEqual([])
  const { began } = hear(signals, 'one')
  await expect.poll(began).toBe(1)
  await signals.close()
  await expect.poll(connections).toEqual([])
})
