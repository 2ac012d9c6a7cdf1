import { actorNamed, kiranOfKathmandu, simonOfSuspended } from '../demo-actors.ts'
import { addPackages, createPack, removePackage, sharePack } from './edit-history.ts'
import { installPack } from './install-base.ts'
import type { PackHistory, StoryBook } from './pack-history.ts'
import { passReleaseDate, releaseNow, scheduleRelease } from './release-history.ts'

const secondNotes = `Orders keep their **ship-to address** and their **discounts**, and a short outage of the ERP system
no longer loses anything: Packline tries again three times.

Nothing to do on your side.`

const thirdNotes = `## What is new

- **Credit notes** reach accounting, with the invoice that they credit.
- The **Orders API** lists the events of an order (\`GET /orders/{number}/events\`).
- Requested delivery dates, for each line of an order.
- An order that is sent twice is booked once.

## Before the release date

1. Let the account of the accounting service post credit notes.
2. Apply the update in a test environment and send yourself an order.

The process *Order status mail* leaves the pack: ask the API for events instead.`

/** Installed everywhere, twice released, its third release scheduled for next week. */
export function orderToCash(book: StoryBook): PackHistory {
  const { daysAgo, dateIn } = book.calendar
  const [rosa, adam, bina, owen] = [
    actorNamed('Rosa'),
    actorNamed('Adam'),
    actorNamed('Bina'),
    actorNamed('Owen'),
  ]
  const pack = createPack(book, {
    name: 'Order to Cash',
    type: 'SINGLE',
    description: 'From the order in the web shop to the invoice in accounting.',
    at: daysAgo(42, '10:00'),
    by: rosa,
  })
  const contents = ['Orders to ERP', 'Invoice sync', 'Orders API', 'Order status mail']
  addPackages(pack, contents, { at: daysAgo(42, '10:04'), by: rosa })
  releaseNow(pack, { at: daysAgo(41, '14:30'), by: rosa, notes: 'The first release.' })
  sharePack(pack, 'All Accounts', { at: daysAgo(40, '09:00'), by: adam })

  installPack(pack, 'bluebird-4K8M2C', {
    at: daysAgo(38, '07:15'),
    by: bina,
    environments: ['Test', 'Production'],
  })
  installPack(pack, 'suspended-5D1F7G', {
    at: daysAgo(36, '15:00'),
    by: simonOfSuspended,
    environments: ['Production'],
  })
  installPack(pack, 'kathmandu-9T3W5D', {
    at: daysAgo(30, '08:20'),
    by: kiranOfKathmandu,
    environments: ['Production'],
  })

  const second = scheduleRelease(pack, {
    on: dateIn(rosa.timeZone, -20),
    at: daysAgo(23, '11:10'),
    by: rosa,
    notes: secondNotes,
  })
  passReleaseDate(pack, second)
  installPack(pack, 'chatham-2P6R8E', { at: daysAgo(15, '01:40'), by: owen, environments: ['Production'] })

  removePackage(pack, 'Order status mail', { at: daysAgo(2, '10:30'), by: rosa })
  scheduleRelease(pack, {
    on: dateIn(rosa.timeZone, 7),
    at: daysAgo(2, '10:45'),
    by: rosa,
    notes: thirdNotes,
  })
  return pack
}
