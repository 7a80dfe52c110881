/** A real Chromium for journeys, from the system; where there is none the reason says how to get one. */
import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'

// The shell is the same browser without windows, and takes a quarter less of the machine.
const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
]

/** Where Chromium is on this machine; `undefined` when there is none. */
export function findChromium(): string | undefined {
  return places.find((place) => place && existsSync(place))
}

/** What to say beside a skipped journey. */
export const noChromium =
  'no Chromium on this machine: install one (Debian: apt-get install chromium-headless-shell) or name it in CHROMIUM'

/**
 * Opens headless Chromium. `camera` is the path of a .y4m film that the fake camera shows.
 * The sandbox of Chromium is off because it refuses to run as root; pages under test come from this machine alone.
 */
export async function openBrowser(options: { camera?: string } = {}): Promise<Browser> {
  // Not before it is wanted: a demonstration loads this room too.
  const { chromium } = await import('playwright-core')
  const args = options.camera
    ? ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${options.camera}`]
    : []
  return chromium.launch({ executablePath: findChromium()!, chromiumSandbox: false, args })
}
