import { spawnSync } from 'node:child_process'

import { chromium } from '@playwright/test'

import { installDebianPackages } from './debian-packages.ts'
import { runCommand } from './run-command.ts'

const usualPlaces = [
  // The same browser without windows: what tests need, with a third less to do for the processor.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const advice =
  'The end-to-end tests need Chromium and none could be found or installed. Install it ' +
  '(Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium), ' +
  'or set CHROMIUM_PATH to the program file of a Chromium or Chrome.'

/** The program file of a Chromium: the one named, one on the machine, or one installed now. */
export async function ensureChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH']
  if (named) {
    if (isProgram(named)) return named
    throw new Error(`CHROMIUM_PATH is ${named}, which does not run.`)
  }
  const found = findChromium() ?? (await installChromium())
  if (!found) throw new Error(advice)
  return found
}

function findChromium(): string | undefined {
  return [...usualPlaces, chromium.executablePath()].find(isProgram)
}

/** Playwright's own download works on an open network only; Debian's package wherever apt does. */
async function installChromium(): Promise<string | undefined> {
  console.log('No Chromium found: installing one.')
  await runCommand('playwright', ['install', 'chromium'], { folder: 'e2e', minutes: 5 })
  // Without fonts, texts have no width and screenshots no letters.
  for (const browser of ['chromium-headless-shell', 'chromium'])
    if (!findChromium()) await installDebianPackages([browser, 'fonts-liberation'])
  return findChromium()
}

/** Also false for a browser that lacks a system library, as a downloaded one does on a bare machine. */
function isProgram(path: string): boolean {
  return spawnSync(path, ['--version']).status === 0
}
