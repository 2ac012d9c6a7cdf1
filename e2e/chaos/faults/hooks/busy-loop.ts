import { existsSync, writeFileSync } from 'node:fs'

// Loaded into an instance before its own code: at SIGUSR2 it does nothing else any more, as in an endless computation,
// for as long as the file BUSY_FILE is there.
const file = process.env['BUSY_FILE'] ?? ''

process.on('SIGUSR2', () => {
  writeFileSync(`${file}.begun`, '')
  while (existsSync(file));
})
