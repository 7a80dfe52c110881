/** The main job as people do it, in Chromium: sign in, award 200, share, verify on a phone, revoke. */
import AxeBuilder from '@axe-core/playwright'
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callApi } from './call-api.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'

describe.skipIf(!canJourney)(`journeys${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let staff: BrowserContext
  let page: Page
  const strangers: string[] = []

  beforeAll(async () => {
    server = await startJourneyServer()
    browser = await openBrowser()
    staff = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    page = await staff.newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const api = <T>(method: 'get' | 'post', where: string, data?: object) => callApi<T>(page, server.address, method, where, data)
  async function accessible(at: Page, where: string) {
    const { violations } = await new AxeBuilder({ page: at }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${where}: ${id} at ${nodes.map((node) => node.target).join(', ')}`)).toEqual([])
  }
  /** A stranger with a phone: no session, and every address that is asked is noted. */
  async function phone(options: { javaScriptEnabled?: boolean; locale?: string } = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options })
    const stranger = await context.newPage()
    stranger.on('request', (request) => {
      const url = new URL(request.url())
      if (url.origin !== server.address && url.protocol !== 'data:' && url.protocol !== 'blob:') strangers.push(request.url())
    })
    return stranger
  }

  test('one click signs in to the demonstration, and every room of the console opens without a finding of axe', async () => {
    await page.goto(`${server.address}/sign-in`)
    await accessible(page, '/sign-in')
    await page.click('button[value=owner]')
    await page.waitForURL('**/home')
    for (const room of [
      '/home',
      '/specifications',
      '/specifications/new',
      '/batches',
      '/batches/new',
      '/credentials',
      '/outbox',
      '/keys',
      '/people',
      '/institution',
      '/events',
      '/account',
    ]) {
      const answer = await page.goto(server.address + room)
      expect(answer!.status(), room).toBe(200)
      await accessible(page, room)
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
        `${room} is not wider than the window`,
      ).toBe(true)
    }
  })

  let shared = ''
  let credential = ''

  test('200 learners from a table are sealed, and one of them is shown to a stranger', async () => {
    const [edition] = await api<{ id: string }[]>('get', '/editions')
    const lines = Array.from(
      { length: 200 },
      (_, at) => `Žofie;Ďáblíková-${at};${1960 + (at % 40)}-03-01;2026-05-12;learner${at}@learners.example`,
    )
    const table = ['givenName;familyName;dateOfBirth;awardDate;email', ...lines].join('\r\n')
    const batch = await api<{ id: string; counts: { ready: number } }>('post', '/batches', {
      edition: edition!.id,
      fileName: 'graduates.csv',
      base64: Buffer.from(table).toString('base64'),
    })
    expect(batch.counts.ready).toBe(200)
    await page.goto(`${server.address}/batches/${batch.id}`)
    await accessible(page, '/batches/[id]')
    await api('post', `/batches/${batch.id}/confirm`, { ready: 200 })
    await expect.poll(async () => (await api<{ state: string }>('get', `/batches/${batch.id}`)).state, { timeout: 60_000 }).toBe('done')
    const found = await api<{ total: number; items: { id: string; learner: string }[] }>('get', `/credentials?batch=${batch.id}&size=1`)
    expect(found.total).toBe(200)
    credential = found.items[0]!.id
    await page.goto(`${server.address}/credentials/${credential}`)
    await accessible(page, '/credentials/[id]')
    shared = (await api<{ url: string }>('post', `/credentials/${credential}/share`, {})).url
  })

  test('a shared credential on a phone: the verdict is computed there, and nobody else is asked', async () => {
    const stranger = await phone()
    await stranger.goto(shared)
    await stranger.waitForSelector('[data-verdict=valid][data-by=browser]')
    expect(await stranger.textContent('body')).toContain('Ďáblíková')
    await accessible(stranger, '/c')
    expect(await stranger.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await stranger.goto(shared.replace('/c/', '/print/'))
    await accessible(stranger, '/print')
    await stranger.context().close()
    expect(strangers).toEqual([])
  })

  test('without JavaScript the server’s verdict stands, and says whose it is', async () => {
    const stranger = await phone({ javaScriptEnabled: false })
    await stranger.goto(shared)
    expect(await stranger.getAttribute('[data-verdict]', 'data-by')).toBe('server')
    expect(await stranger.getAttribute('[data-verdict]', 'data-verdict')).toBe('valid')
    await stranger.context().close()
  })

  test('in Arabic it reads from right to left, and axe finds nothing', async () => {
    const stranger = await phone({ locale: 'ar' })
    await stranger.goto(shared)
    await stranger.waitForSelector('[data-by=browser]')
    expect(await stranger.getAttribute('html', 'dir')).toBe('rtl')
    await accessible(stranger, '/c in Arabic')
    await stranger.goto(`${server.address}/verify`)
    await accessible(stranger, '/verify in Arabic')
    await stranger.context().close()
  })

  test('R-DISP-1: /verify takes the file; one letter changed is not genuine, and its name is not shown', async () => {
    const answer = await page.request.get(`${server.address}/api/v1/credentials/${credential}/file`)
    const bytes = await answer.body()
    const stranger = await phone()
    await stranger.goto(`${server.address}/verify`)
    await stranger.setInputFiles('input[type=file]', { name: 'credential.jsonld', mimeType: 'application/json', buffer: bytes })
    await stranger.waitForSelector('[data-verdict=valid]')
    await stranger.goto(`${server.address}/verify`)
    const altered = Buffer.from(bytes.toString('utf8').replace('Ďáblíková', 'Ďáblíkova'))
    await stranger.setInputFiles('input[type=file]', { name: 'credential.jsonld', mimeType: 'application/json', buffer: altered })
    await stranger.waitForSelector('[data-verdict=invalid]')
    expect(await stranger.textContent('body')).not.toContain('blíkov')
    await accessible(stranger, '/verify, not genuine')
    await stranger.context().close()
  })

  test('on a slow line, a file that was chosen on /verify before the scripts came is verified when they come', async () => {
    const bytes = await (await page.request.get(`${server.address}/api/v1/credentials/${credential}/file`)).body()
    const stranger = await phone()
    let arrive = () => {}
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    await stranger.route('**/_app/**/*.js', async (route) => {
      await arrived
      await route.continue()
    })
    await stranger.goto(`${server.address}/verify`, { waitUntil: 'commit' })
    await stranger.setInputFiles('input[type=file]', { name: 'credential.jsonld', mimeType: 'application/json', buffer: bytes })
    arrive()
    await stranger.waitForSelector('[data-verdict=valid][data-by=browser]')
    await stranger.context().close()
  })

  test('revoked in the console, the shared page says so at once', async () => {
    await api('post', `/credentials/${credential}/revoke`, { reason: 'error' })
    const stranger = await phone()
    await stranger.goto(shared)
    await stranger.waitForSelector('[data-verdict=invalid][data-by=browser]')
    await accessible(stranger, '/c, revoked')
    await stranger.context().close()
  })

  test('a learner opens the claim link of the mail, takes what is theirs and makes a link', async () => {
    const { items } = await api<{ items: { to: string; link?: string }[] }>('get', '/outbox?size=200')
    const link = items.find(({ to, link: found }) => to.startsWith('learner') && found?.includes('/claim/'))!.link!
    const learner = await phone()
    await learner.goto(link)
    await accessible(learner, '/claim')
    await learner.context().close()
  })
})
