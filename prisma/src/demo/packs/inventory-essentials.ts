import { actorNamed, kiranOfKathmandu } from '../demo-actors.ts'
import { addPackages, createPack, sharePack } from './edit-history.ts'
import { applyEarly, attachmentOf, installPack } from './install-base.ts'
import type { PackHistory, StoryBook } from './pack-history.ts'
import { releaseNow, scheduleRelease } from './release-history.ts'

const secondNotes = `Stock reaches the shop a **hundred articles at a time**, and availability never shows less than zero.
Purchase orders are rounded up to whole packs.

Please try it in a test environment before the release date.`

/** In its testing period: one account has applied the second release in its test environment already. */
export function inventoryEssentials(book: StoryBook): PackHistory {
  const { daysAgo, dateIn } = book.calendar
  const [adam, bina, owen] = [actorNamed('Adam'), actorNamed('Bina'), actorNamed('Owen')]
  const pack = createPack(book, {
    name: 'Inventory Essentials',
    type: 'SINGLE',
    description: 'Stock in the shop that is right, and suppliers who are asked in time.',
    at: daysAgo(18, '15:30'),
    by: adam,
  })
  addPackages(pack, ['Stock levels', 'Purchase orders'], { at: daysAgo(18, '15:34'), by: adam })
  releaseNow(pack, { at: daysAgo(18, '16:10'), by: adam, notes: 'The first release.' })
  sharePack(pack, 'All Accounts', { at: daysAgo(17, '16:00'), by: adam })

  installPack(pack, 'bluebird-4K8M2C', {
    at: daysAgo(16, '06:50'),
    by: bina,
    environments: ['Test', 'Production'],
  })
  // The test environment has no Atom: nothing can be applied there by hand.
  installPack(pack, 'chatham-2P6R8E', {
    at: daysAgo(14, '00:30'),
    by: owen,
    environments: ['Test', 'Production'],
  })
  installPack(pack, 'kathmandu-9T3W5D', {
    at: daysAgo(12, '09:05'),
    by: kiranOfKathmandu,
    environments: ['Production'],
  })

  const second = scheduleRelease(pack, {
    on: dateIn(adam.timeZone, 3),
    at: daysAgo(2, '20:15'),
    by: adam,
    notes: secondNotes,
  })
  const inTest = attachmentOf(pack, 'bluebird-4K8M2C', 'Test')
  applyEarly(pack, inTest, { at: daysAgo(1, '08:05'), by: bina, release: second })
  return pack
}
