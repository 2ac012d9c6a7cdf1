import { setTimeout as wait } from 'node:timers/promises'
import { actRandomly } from '../actions/act-randomly.ts'
import { expectAnswers } from '../faults/expect-answers.ts'
import { aMoment, bringMidnight, inMidFanOut, untilUnderWay } from '../product/midnight.ts'
import { signal } from '../product/postgres-server.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene, type Scene } from '../product/scene.ts'
import type { Row, RowContext } from '../row.ts'

const holds = 'what was acknowledged is there; 503 meanwhile; instances and their jobs go on by themselves'

/**
 * A row in which people do things, and a large release goes out, while something happens to the database again and again:
 * for the first time in the middle of the fan-out.
 */
const whileInUse = (
  facts: Pick<Row, 'name' | 'fault'>,
  harm: (context: RowContext, scene: Scene) => Promise<unknown>,
): Row => ({
  ...facts,
  holds,
  place: 'shared',
  async run(context) {
    const { stage, random, size, did } = context
    const scene = await createScene(context, { installBase: size.installBase })
    const [large, ...others] = scene.packs
    const acting = actRandomly(context, scene, { packs: others, workers: 4 })
    const running = stage.fleet.serving()
    const harmOnce = async () => {
      await harm(context, scene)
      did(facts.fault)
    }
    await inMidFanOut(context, large?.id, async () => {
      const [first] = await bringMidnight(context, scene, { packs: large ? [large] : [] })
      await untilUnderWay(context, first)
      await harmOnce()
    })
    for (let fault = 1; fault < size.faults; fault += 1) {
      await aMoment(random, 100, 500)
      await harmOnce()
    }
    await acting.stop()
    await untilAllIsOut(stage)
    const fallen = running.filter(({ child }) => child.exitCode !== null || child.signalCode !== null)
    if (fallen.length > 0) throw new Error(`${fallen.length} instances fell with it: ${fallen[0]?.output}`)
  },
})

export const postgresRestart = whileInUse(
  { name: 'postgres-restart', fault: 'restarted PostgreSQL in order (fast)' },
  ({ stage }) => stage.postgres.restart(),
)

export const postgresKill = whileInUse(
  { name: 'postgres-kill', fault: 'kill -9 of all processes of PostgreSQL' },
  ({ stage }, { manager }) =>
    stage.postgres.whileKilled(async () => expectAnswers([await manager.send('listPacks')], [503])),
)

export const backendKill = whileInUse(
  { name: 'backend-kill', fault: 'kill -9 of one backend, which resets the whole server' },
  async ({ stage, random }) => {
    const victim = random.choose(await backendsOf(stage))
    if (victim !== undefined) signal(victim, 'SIGKILL')
  },
)

export const terminateBackend = whileInUse(
  { name: 'terminate-backend', fault: 'pg_terminate_backend of one connection after the other' },
  async ({ stage, random }) => {
    for (let count = 0; count < 5; count += 1) {
      const victim = random.choose(await backendsOf(stage))
      await stage.sql.query('select pg_terminate_backend($1)', [victim])
      await wait(random.between(50, 200))
    }
  },
)

/** The product's own connections; none while the server is away. */
const backendsOf = ({ sql }: RowContext['stage']): Promise<number[]> =>
  sql
    .query<{ pid: number }>(
      `select pid from pg_stat_activity
       where datname = current_database() and application_name like 'packline %' order by pid`,
    )
    .then(
      ({ rows }) => rows.map(({ pid }) => pid),
      () => [],
    )
