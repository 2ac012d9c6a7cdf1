import { expectAnswers } from '../faults/expect-answers.ts'
import { createPerson } from '../product/accounts.ts'
import { type Caller, createCaller } from '../product/caller.ts'
import { occupyConnections } from '../product/occupy-connections.ts'
import { bringMidnight } from '../product/midnight.ts'
import { untilAllIsOut } from '../product/rest.ts'
import { createScene } from '../product/scene.ts'
import type { Row } from '../row.ts'

export const poolExhausted: Row = {
  name: 'pool-exhausted',
  fault: 'PostgreSQL has 15 connections left for three instances, and very many people ask at once',
  holds: 'everybody is answered within seconds, some with 503; what is due goes out meanwhile',
  place: 'shared',
  async run(context) {
    const { stage, size, random, row, did } = context
    const scene = await createScene(context, { packs: 2, consumers: 1 })
    const people = []
    for (let count = 0; count < size.clients; count += 1) {
      const person = await createPerson(stage.sql, scene.manager.accountId)
      people.push(createCaller({ ...stage, random: random.fork(), row }, person))
    }
    const occupied = await occupyConnections(stage, 15)
    let isStopping = false
    let slowest = 0
    const askOnAndOn = async (person: Caller) => {
      while (!isStopping) {
        const asked = performance.now()
        expectAnswers([await person.send('listPacks')], [200, 503])
        slowest = Math.max(slowest, performance.now() - asked)
      }
    }
    const releaseMeanwhile = async () => {
      try {
        await bringMidnight(context, scene)
        await untilAllIsOut(stage)
      } finally {
        isStopping = true
      }
    }
    try {
      await Promise.all([releaseMeanwhile(), ...people.map(askOnAndOn)])
    } finally {
      await occupied.free()
    }
    did(`${size.clients} people asked on and on; the slowest answer took ${Math.round(slowest)} ms`)
    if (slowest > 15_000) throw new Error(`An answer took ${Math.round(slowest)} ms`)
  },
}
