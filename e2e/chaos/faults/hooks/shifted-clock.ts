import { readFileSync } from 'node:fs'

// Loaded into an instance before its own code: its machine's clock is wrong by the milliseconds in CLOCK_SHIFT_FILE, which
// are read again at every SIGUSR2. Durations go on by the monotonic clock, as they do on a machine whose clock is set.
const file = process.env['CLOCK_SHIFT_FILE'] ?? ''
const RightDate = Date
const rightNow = Date.now.bind(Date)
const rightInstant = Temporal.Now.instant.bind(Temporal.Now)
let shift = 0

const wrongNow = () => rightNow() + shift
RightDate.now = wrongNow
globalThis.Date = new Proxy(RightDate, {
  construct: (target, given, newTarget) =>
    // What `new Date(…)` makes is an object.
    Reflect.construct(target, given.length === 0 ? [wrongNow()] : given, newTarget) as object,
})
Temporal.Now.instant = () => rightInstant().add({ milliseconds: shift })

const readShift = () => {
  shift = Number(readFileSync(file, 'utf8'))
  console.log(`The clock shows ${new Date().toISOString()}`)
}
process.on('SIGUSR2', readShift)
readShift()
