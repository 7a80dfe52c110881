/** The trust registry on screens: proposed, decided alone, taken out, out and in as a file, without JavaScript and with. */
import { readFileSync } from 'node:fs'
import { createAuthority, noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

const certificate = Buffer.from(createAuthority('Authority of Lakes').root.certificate).toString('base64')
const pem = `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----`

describe.skipIf(!canJourney)(`the trust registry${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let owner: Page
  const at = (where: string) => server.address + where
  const signedIn = async (role: string, options = {}) => {
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, acceptDownloads: true, ...options })).newPage()
    await page.goto(at('/sign-in'))
    await page.click(`button[value=${role}]`)
    await page.waitForURL('**/home')
    return page
  }
  beforeAll(async () => {
    server = await startJourneyServer()
    browser = await openBrowser()
    owner = await signedIn('owner', { javaScriptEnabled: false })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('an only owner proposes, is told of being alone, and decides; all without JavaScript', async () => {
    await owner.goto(at('/registry'))
    expect(await owner.textContent('main')).toContain('You are the only person who keeps this registry')
    await owner.goto(at('/registry/new'))
    await owner.fill('input[name=legalName]', 'Small College of the Valley')
    await owner.fill('input[name=id]', 'https://small-college.example')
    await owner.fill('input[name=levels]', '9')
    await owner.click('main form button.main')
    expect(await owner.textContent('main [role=alert]')).toBeTruthy()
    expect(await owner.inputValue('input[name=legalName]')).toBe('Small College of the Valley')
    await owner.fill('input[name=levels]', '5, 6')
    await owner.fill('input[name=fields]', '0532')
    await owner.fill('input[name=places]', 'cz')
    await owner.fill('input[name=organizationIdentifier]', 'VATCZ-12345678')
    await owner.fill('textarea[name=anchors]', pem)
    await owner.fill('input[name=note]', 'They asked by letter.')
    await owner.click('main form button.main')
    await owner.waitForURL('**/registry?proposed')
    await owner.click('button[value=approved]')
    expect(await owner.textContent('main table')).toContain('Small College of the Valley')
    await owner.click('main table a:has-text("Small College")')
    const said = await owner.textContent('main')
    expect(said).toContain('EQF 5, EQF 6 · ISCED-F 0532 · Czechia')
    expect(said).toContain('alone')
  })

  test('the list, the form and an entry stand for everybody, narrow and wide', async () => {
    const auditor = await signedIn('auditor')
    for (const page of [await signedIn('owner'), auditor]) {
      await page.goto(at('/registry'))
      await expectAccessible(page, '/registry')
      await page.click('main table a:has-text("Small College")')
      await page.waitForURL('**/registry/*-*')
      await expectAccessible(page, '/registry/[id]')
    }
    expect(await auditor.locator('main form').count()).toBe(0)
    const wide = await signedIn('owner', { viewport: { width: 1280, height: 900 } })
    await wide.goto(at('/registry/new'))
    await expectAccessible(wide, '/registry/new')
  })

  test('taking out waits, then holds; the registry goes out as a trust file and signed, and comes back as proposals', async () => {
    const page = await signedIn('owner')
    await page.goto(at('/registry'))
    const download = async (link: string) => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.click(link)])
      return file.path()
    }
    const signed = await download('a[href$="form=signed"]')
    expect(await download('a[href="/registry/file"]')).toBeTruthy()
    await page.click('main table a:has-text("Small College")')
    await page.click('summary:has-text("take it out")')
    await page.click('form[action="?/out"] button')
    await page.waitForURL('**/registry?proposed')
    expect(await page.textContent('main .card')).toContain('To be taken out')
    await page.click('button[value=approved]')
    await page.waitForSelector('main table .chip:has-text("taken out")')
    await page.click('summary:has-text("Bring a signed registry")')
    await page.setInputFiles('input[name=file]', { name: 'registry.jwt', mimeType: 'application/jwt', buffer: readFileSync(signed) })
    await page.click('form[action="?/import"] button')
    await page.waitForSelector('main [role=status]:has-text("1 proposed")')
    await expectAccessible(page, '/registry, with a proposal from a file')
    await page.goto(at('/registry/00000000-0000-4000-8000-000000000000'))
    await expectAccessible(page, '/registry/[id], not there')
  })
})
