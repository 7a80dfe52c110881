/** The trust registry on screens: proposed, decided alone, taken out, out and in as a file, without JavaScript and with. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createAuthority, noChromium, openBrowser, type RunningTrustedLists, sampleAccreditations, startTrustedLists } from '@cairn/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

const certificate = Buffer.from(createAuthority('Authority of Lakes').root.certificate).toString('base64')
const pem = `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----`

describe.skipIf(!canJourney)(`the trust registry${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let owner: Page
  let lists: RunningTrustedLists
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-lists-'))
  const at = (where: string) => server.address + where
  const signedIn = async (role: string, options = {}) => {
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, acceptDownloads: true, ...options })).newPage()
    await signIn(page, server.address, role)
    return page
  }
  beforeAll(async () => {
    const from = new Date('2020-01-01')
    lists = await startTrustedLists('CZ', [
      {
        name: 'CA for seals',
        providerName: 'Provider',
        certificates: [createAuthority('Qualified').root.certificate],
        from,
        uses: ['ForeSeals'],
      },
    ])
    writeFileSync(path.join(folder, 'lists.json'), JSON.stringify({ lists: [lists.address], signers: lists.pinned }))
    server = await startJourneyServer({ CAIRN_TRUSTED_LISTS: path.join(folder, 'lists.json') })
    browser = await openBrowser()
    owner = await signedIn('owner', { javaScriptEnabled: false })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await lists?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('an only owner proposes, is told of being alone, and decides; all without JavaScript', async () => {
    await owner.goto(at('/registry'))
    expect(await owner.textContent('main')).toContain('You are the only person who keeps this registry')
    await owner.goto(at('/registry/new'))
    await owner.fill('input[name=legalName]', 'Small College of the Valley')
    await owner.fill('input[name=id]', 'https://small-college.example')
    await owner.fill('input[name=levels]', '9')
    await owner.check('input[name=kinds][value=badge]')
    await owner.click('main form button.main')
    expect(await owner.textContent('main [role=alert]')).toBeTruthy()
    expect(await owner.inputValue('input[name=legalName]')).toBe('Small College of the Valley')
    expect(await owner.isChecked('input[name=kinds][value=badge]')).toBe(true)
    await owner.uncheck('input[name=kinds][value=badge]')
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

  test('R-ISS-2: a name that looks like that of another entry is told before anybody approves it', async () => {
    await owner.goto(at('/registry/new'))
    await owner.fill('input[name=legalName]', 'Small Соllege of the Valley')
    await owner.fill('input[name=id]', 'https://sma11-college.example')
    await owner.fill('textarea[name=anchors]', pem)
    await owner.click('main form button.main')
    await owner.waitForURL('**/registry?proposed')
    for (const [width, language, said] of [
      [390, 'en', 'Its name looks like'],
      [1280, 'ar', 'يشبه اسمه اسم'],
    ] as const) {
      const page = await signedIn('owner', { viewport: { width, height: 900 }, locale: language })
      await page.goto(at('/registry'))
      expect((await page.textContent('main .card'))!).toContain(said)
      await expectAccessible(page, `/registry with a look-alike, ${language}`)
      if (process.env.CAIRN_PICTURES)
        await page.screenshot({ path: path.join(process.env.CAIRN_PICTURES, `look-alike-${width}-${language}.png`), fullPage: true })
    }
    await owner.click('button[value=refused]')
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
    await page.setInputFiles('input[name=file]', { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no registry') })
    await page.click('form[action="?/import"] button')
    await page.waitForSelector('main [role=alert]')
    expect(await page.textContent('main [role=alert]')).not.toContain('Nothing you entered was lost')
    await page.waitForSelector('input[name=file][aria-invalid=true]')
    await page.setInputFiles('input[name=file]', { name: 'registry.jwt', mimeType: 'application/jwt', buffer: readFileSync(signed) })
    await page.click('form[action="?/import"] button')
    await page.waitForSelector('main [role=status]:has-text("1 proposed")')
    await expectAccessible(page, '/registry, with a proposal from a file')
    await page.goto(at('/registry/00000000-0000-4000-8000-000000000000'))
    await expectAccessible(page, '/registry/[id], not there')
  })

  test('trusted lists are read and told; a registry of accreditations is brought, and a stranger is told what it says, here and by the server', async () => {
    const page = await signedIn('owner')
    await page.goto(at('/registry/lists'))
    await expectAccessible(page, '/registry/lists, without a registry of accreditations')
    await page.click('form[action="?/gather"] button')
    await page.waitForSelector('main table')
    expect(await page.textContent('main table')).toContain('list of lists')
    const take = async (change: object) => {
      const file = sampleAccreditations({ identifier: 'CZ00000027', name: 'Hillside College', from: '2020-01-01', ...change })
      const buffer = Buffer.from(JSON.stringify(file))
      await page.setInputFiles('input[name=file]', { name: 'deqar.json', mimeType: 'application/json', buffer })
      await page.click('form[action="?/take"] button')
      await page.waitForSelector('main [role=status]:has-text("Kept")')
    }
    await take({})
    await expectAccessible(page, '/registry/lists, full')
    await page.setInputFiles('input[name=file]', { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
    await page.click('form[action="?/take"] button')
    await page.waitForSelector('main [role=alert]')
    await page.waitForSelector('input[name=file][aria-invalid=true]')

    const answer = await page.request.get(at('/api/v1/credentials'))
    const { items } = (await answer.json()) as { items: { id: string }[] }
    const made = await page.request.post(at(`/api/v1/credentials/${items[0]!.id}/share`), { data: {}, headers: { origin: server.address } })
    const { url } = (await made.json()) as { url: string }
    for (const [javaScriptEnabled, by] of [
      [true, 'browser'],
      [false, 'server'],
    ] as const) {
      const stranger = await (await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled })).newPage()
      await stranger.goto(url)
      await stranger.waitForSelector(`[data-verdict=valid][data-by=${by}]`)
      expect(await stranger.textContent('main'), by).toContain('by Agency for Quality of the Valleys')
      await stranger.context().close()
    }
    const file = await page.request.get(at(`/credentials/${items[0]!.id}/file?form=elm`))
    await page.goto(at('/verify'))
    await page.setInputFiles('input[type=file]', { name: 'c.json', mimeType: 'application/json', buffer: await file.body() })
    await page.waitForSelector('[data-by=browser]')
    expect(await page.textContent('main')).toContain('by Agency for Quality of the Valleys')
  })
})
