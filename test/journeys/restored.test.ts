/** A server on a restored database, in Chromium: read-only, and it says so on every page, until an owner has done what is left and confirms (R-BAK-4). */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, root, startJourneyServer } from './start.ts'
import { type Everywhere, openViews } from './views.ts'

describe.skipIf(!canJourney)(`after a restore${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-restored-'))
  const settings = (data: string) => ({ CAIRN_DATA: path.join(folder, data), CAIRN_SECRET: 's'.repeat(40), CAIRN_SEAL_LEVEL: 'B' })
  let server: JourneyServer
  let browser: Browser
  let staff: BrowserContext
  let page: Page
  let everywhere: Everywhere

  const run = (data: string, ...args: string[]) => {
    const env = { PATH: process.env.PATH, CAIRN_DEMO: '1', CAIRN_BACKUP_PASSPHRASE: 'a passphrase of the test', ...settings(data) }
    execFileSync(process.execPath, ['--conditions=cairn-source', 'apps/server/src/backup/main.ts', ...args], { cwd: root, env })
  }

  beforeAll(async () => {
    const first = await startJourneyServer(settings('first'))
    run('first', 'backup', path.join(folder, 'backup'))
    await first.stop()
    run('second', 'restore', path.join(folder, 'backup'))
    server = await startJourneyServer(settings('second'))
    browser = await openBrowser()
    staff = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    page = await staff.newPage()
    everywhere = openViews(browser, staff)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const banner = () => page.locator('header [role=alert]')

  test('everybody sees that it is read-only; whoever may not confirm is told who may', async () => {
    await signIn(page, server.address, 'awarder')
    expect(await banner().textContent()).toContain('It is read-only, and publishes no status list.')
    await page.click('text=What has to be done')
    await page.waitForURL('**/restoration')
    expect(await page.textContent('main')).toContain('An owner of the institution has to confirm it.')
    expect(await page.locator('main form').count()).toBe(0)
  })

  test('an owner reads what is left to do, confirms, and the banner is gone', async () => {
    await staff.clearCookies()
    await signIn(page, server.address)
    await everywhere(`${server.address}/home`, 'restored-home')
    await everywhere(`${server.address}/restoration`, 'restored')
    await page.goto(`${server.address}/restoration`)
    await page.waitForLoadState('networkidle')
    await page.check('[name=sure]')
    await page.click('main form button.main')
    await page.waitForSelector('text=Confirmed. Status lists are published.')
    await page.goto(`${server.address}/home`)
    expect(await banner().count()).toBe(0)
    await everywhere(`${server.address}/restoration`, 'restored-over')
  })
})
