import { actorNamed, kiranOfKathmandu } from '../demo-actors.ts'
import { addPackages, createPack, sharePack } from './edit-history.ts'
import { attachmentOf, deliver, installPack } from './install-base.ts'
import type { PackHistory, StoryBook } from './pack-history.ts'
import { passReleaseDate, releaseNow, scheduleRelease } from './release-history.ts'

const secondNotes = `Notices go out **when the carrier reports something**, not up to half an hour later, and in the
recipient's language. Labels carry customs value and tariff number.

Ask the carrier to report events as they happen: from now on the process listens for them.`

/** Released this morning and still on its way to the Atoms, one of which has failed. */
export function shipmentNotices(book: StoryBook): PackHistory {
  const { daysAgo, thisMorning } = book.calendar
  const [rosa, adam, bina] = [actorNamed('Rosa'), actorNamed('Adam'), actorNamed('Bina')]
  const pack = createPack(book, {
    name: 'Shipment Notices',
    type: 'MULTI',
    description: 'Labels for parcels and news for those who wait for them. One installation for each depot.',
    at: daysAgo(26, '10:00'),
    by: rosa,
  })
  addPackages(pack, ['Shipment tracking', 'Carrier labels'], { at: daysAgo(26, '10:06'), by: rosa })
  releaseNow(pack, { at: daysAgo(25, '15:40'), by: rosa, notes: 'The first release.' })
  sharePack(pack, 'Retail customers', { at: daysAgo(25, '16:20'), by: adam })

  const bluebird = 'bluebird-4K8M2C'
  const harbour = 'Shipment Notices Harbour depot'
  const airport = 'Shipment Notices Airport depot'
  installPack(pack, bluebird, {
    at: daysAgo(22, '06:30'),
    by: bina,
    name: harbour,
    environments: ['Production', 'Test'],
  })
  installPack(pack, bluebird, {
    at: daysAgo(21, '06:45'),
    by: bina,
    name: airport,
    environments: ['Production'],
  })
  installPack(pack, 'kathmandu-9T3W5D', {
    at: daysAgo(20, '07:30'),
    by: kiranOfKathmandu,
    environments: ['Production'],
  })

  const second = scheduleRelease(pack, {
    on: thisMorning,
    at: daysAgo(4, '16:00'),
    by: rosa,
    notes: secondNotes,
  })
  passReleaseDate(pack, second)
  const after = (minutes: number) => second.schedule.dueAt.add({ minutes })
  deliver(pack, attachmentOf(pack, bluebird, 'Production', harbour), { state: 'ACTIVE', at: after(4) })
  deliver(pack, attachmentOf(pack, bluebird, 'Production', airport), { state: 'DOWNLOADING', at: after(3) })
  // No process of the demo runs this Atom, so its failure stays to be seen while the others fetch what they should run.
  deliver(pack, attachmentOf(pack, bluebird, 'Test', harbour), {
    state: 'FAILED',
    at: after(6),
    cause: 'The listener of Shipment tracking could not start: port 9093 is in use on bluebird-test-1.',
  })
  deliver(pack, attachmentOf(pack, 'kathmandu-9T3W5D', 'Production'), { state: 'WAITING', at: after(0) })
  return pack
}
