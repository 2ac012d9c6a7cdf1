import { actorNamed, kiranOfKathmandu } from '../demo-actors.ts'
import { addPackages, createPack, removePackage, sharePack } from './edit-history.ts'
import { installPack } from './install-base.ts'
import type { PackHistory, StoryBook } from './pack-history.ts'
import { cancelRelease, passReleaseDate, releaseNow, rollBackTo, scheduleRelease } from './release-history.ts'

/** Rolled back after a faulty release; the mended one was scheduled and cancelled; one row waits to leave. */
export function returnsHandling(book: StoryBook): PackHistory {
  const { daysAgo, dateIn } = book.calendar
  const [rosa, adam, bina] = [actorNamed('Rosa'), actorNamed('Adam'), actorNamed('Bina')]
  const pack = createPack(book, {
    name: 'Returns Handling',
    type: 'SINGLE',
    description: 'Takes goods back and gives money back.',
    at: daysAgo(32, '11:00'),
    by: adam,
  })
  const contents = ['Returns intake', 'Refund posting', 'Return labels']
  addPackages(pack, contents, { at: daysAgo(32, '11:05'), by: adam })
  releaseNow(pack, { at: daysAgo(30, '16:20'), by: adam, notes: 'The first release.' })
  sharePack(pack, 'Retail customers', { at: daysAgo(30, '16:40'), by: adam })
  installPack(pack, 'bluebird-4K8M2C', { at: daysAgo(28, '07:00'), by: bina, environments: ['Production'] })
  installPack(pack, 'kathmandu-9T3W5D', {
    at: daysAgo(20, '08:45'),
    by: kiranOfKathmandu,
    environments: ['Production'],
  })

  const second = scheduleRelease(pack, {
    on: dateIn(rosa.timeZone, -9),
    at: daysAgo(11, '10:20'),
    by: rosa,
    notes: 'Valuable goods are inspected before they go back on sale. Refunds name each line of the return.',
  })
  passReleaseDate(pack, second)
  rollBackTo(pack, 1, {
    at: daysAgo(8, '09:12'),
    by: rosa,
    notes: 'Release 2 could pay a refund twice. This brings back release 1; nothing to do on your side.',
  })

  const mended = scheduleRelease(pack, {
    on: dateIn(rosa.timeZone, 2),
    at: daysAgo(4, '14:00'),
    by: rosa,
    notes: 'One refund for each return; refunds wait for the inspection.',
  })
  cancelRelease(pack, mended, {
    at: daysAgo(3, '09:30'),
    by: adam,
    reason: 'Accounting closes its quarter in that week. We schedule it again when the books are closed.',
  })
  removePackage(pack, 'Return labels', { at: daysAgo(1, '13:40'), by: rosa })
  return pack
}
