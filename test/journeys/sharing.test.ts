/** A university and a training centre share credit, in Chromium, each on a server of its own: join, agree, hand over, decide, settle. */
import { freePort, noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callApi } from './call-api.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'
import { type Everywhere, openViews } from './views.ts'

interface Side {
  server: JourneyServer
  staff: BrowserContext
  page: Page
  network: string
}

describe.skipIf(!canJourney)(`sharing credit${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let browser: Browser
  let university: Side
  let centre: Side
  let learner: Page
  let everywhere: Everywhere

  async function open(institution: string, port: number, other: number): Promise<Side> {
    const settings = { PORT: String(port), CAIRN_DEMO_INSTITUTION: institution, CAIRN_SEAL_LEVEL: 'B' }
    const server = await startJourneyServer({ ...settings, CAIRN_NETWORK_ORIGINS: `http://localhost:${other}` })
    const staff = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false })
    const page = await staff.newPage()
    await signIn(page, server.address)
    return { server, staff, page, network: '' }
  }
  beforeAll(async () => {
    browser = await openBrowser()
    const [one, two] = [await freePort(), await freePort()]
    university = await open('college', one, two)
    centre = await open('training-centre', two, one)
    learner = await (await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })).newPage()
    everywhere = openViews(browser, university.staff)
  })
  afterAll(async () => {
    await browser?.close()
    await university?.server.stop()
    await centre?.server.stop()
  })

  const api = <T>({ page, server }: Side, method: 'get' | 'post', where: string, data?: object) =>
    callApi<T>(page, server.address, method, where, data)

  test('the university begins a network; the centre joins with what it was told and is taken in', async () => {
    const { page, server } = university
    await everywhere(`${server.address}/networks`, 'networks-empty')
    await page.goto(`${server.address}/networks`)
    await page.fill('form[action="?/begin"] [name=name]', 'Sky credit')
    await page.fill('form[action="?/begin"] [name=contact]', 'registry@hillside.example')
    await page.click('form[action="?/begin"] button')
    await page.waitForURL(/networks\/[0-9a-f-]{36}/)
    university.network = page.url()
    await page.click('form[action="?/reveal"] button')
    const told = await Promise.all(['directory', 'pinned', 'shared-key'].map((id) => page.textContent(`#${id}`)))
    const other = centre.page
    await other.goto(`${centre.server.address}/networks`)
    for (const [at, name] of ['directory', 'coordinator', 'sharedKey'].entries()) await other.fill(`[name=${name}]`, told[at]!)
    await other.fill('form[action="?/join"] [name=contact]', 'office@meadow.example')
    await other.click('form[action="?/join"] button')
    await other.waitForURL(/networks\/[0-9a-f-]{36}/)
    centre.network = other.url()
    await page.goto(university.network)
    await page.check('[name=compared]')
    await page.click('form[action="?/admit"] button')
    // What the centre offers can be picked for a pathway once its server is asked; while it is not, no address of it is called.
    const pathway = await api<{ id: string }>(university, 'post', '/pathways')
    await page.goto(`${server.address}/pathways/${pathway.id}`)
    const suggested = () => page.$$eval('#known-achievements option', (options) => options.map((option) => option.getAttribute('value')))
    const own = await suggested()
    await page.click('a[href="?members"]')
    await page.waitForURL('**?members')
    // Both sides begin with the same titles, and not with the same achievements.
    const added = async () => (await suggested()).filter((line) => !own.includes(line))
    await expect.poll(added).toContainEqual(expect.stringMatching(/^Reading climate data.* \[urn:uuid:/))
    await other.goto(centre.network)
    expect(await other.textContent('main')).toContain('Hillside College (demonstration)')
    expect(await other.locator('form[action="?/leave"]').count()).toBe(1)
  })

  test('they agree what the course counts for, and both sign one hash', async () => {
    const { page, server } = university
    await api(university, 'post', '/targets', { title: { en: 'Climate data' }, content: { credits: 2, eqf: 5, outcomes: [] } })
    const { id, revision } = await api<{ id: string; revision: number }>(university, 'post', '/policies', { template: 'university' })
    await api(university, 'post', `/policies/${id}/publish`, { revision })
    await page.goto(university.network)
    await page.click('summary:has-text("Write an agreement")')
    await page.click('form[action$="/agree"] button')
    await everywhere(page.url(), 'agree')
    await page.fill('[name=title]', 'Climate data counts')
    await page.fill('[name=text]', 'What the centre teaches counts as our module.')
    await page.fill('[name=from]', '2020-01-01')
    const line = page.locator('fieldset', { hasText: /Reading climate data.*Meadow/ })
    await line.locator('[name=target]').selectOption({ label: 'Climate data' })
    await page.fill('[name=to]', '2019-01-01')
    await page.click('main button.main')
    await page.waitForSelector('main [role=alert]')
    expect(await page.getAttribute('[name=to]', 'aria-invalid')).toBe('true')
    // What was chosen for each course is still chosen.
    expect(await line.locator('[name=target] option:checked').textContent()).toBe('Climate data')
    await page.fill('[name=to]', '')
    await page.click('main button.main')
    await page.waitForSelector('[data-in-force]')
    expect(await page.getAttribute('[data-in-force]', 'data-in-force')).toBe('false')
    await centre.page.goto(centre.network)
    await centre.page.click('form[action="?/sign"] button')
    await centre.page.waitForSelector('[data-in-force=true]')
    await page.goto(server.address + new URL(university.network).pathname)
    expect(await page.getAttribute('[data-in-force]', 'data-in-force')).toBe('true')
  })

  test('a learner lets a credential go, a person at the university decides, and the answer is where it began', async () => {
    const { items } = await api<{ items: { text: string }[] }>(centre, 'get', '/outbox')
    const link = items.flatMap(({ text }) => /\/claim\/[A-Za-z0-9_-]+/.exec(text)?.[0] ?? [])[0]!
    await learner.goto(centre.server.address + link)
    await learner.click('a[href$="/transfer"]')
    const place = learner.url()
    await everywhere(place, 'transfer-ask')
    await learner.check('[name=consent]')
    await learner.click('main button.main')
    expect(await learner.textContent('main')).toContain('Receipt of your consent')

    const requests = async () => (await api<{ items: { id: string }[] }>(university, 'get', '/recognitions')).items
    await expect.poll(async () => (await requests()).length, { timeout: 120_000, interval: 1000 }).toBe(1)
    const { page, server } = university
    await page.goto(`${server.address}/recognition/${(await requests())[0]!.id}`)
    // The seal's authority is not in the university's registry: a person looks, decides, and says why.
    await page.check('form[action="?/decide"] [name=as][value=full]')
    await page.fill('form[action="?/decide"] [name=amount]', '2')
    await page.fill('form[action="?/decide"] [name=words]', 'By our agreement with the centre.')
    await page.click('form[action="?/decide"] button.main')
    const told = async () => {
      await learner.goto(place)
      return learner.locator('[data-outcome=recognised]').count()
    }
    await expect.poll(told, { timeout: 60_000, interval: 1000 }).toBe(1)
    await everywhere(place, 'transfer-answered')
    expect(await learner.textContent('main')).toContain('The sealed decision')
  })

  test('an appeal changes the answer: where the credential came from both are shown, and the later counts', async () => {
    const { page, server } = university
    const { items } = await api<{ items: { text: string }[] }>(university, 'get', '/outbox')
    const follow = server.address + items.flatMap(({ text }) => /\/r\/[A-Za-z0-9_-]+/.exec(text)?.[0] ?? [])[0]!
    const place = learner.url()
    await learner.goto(follow)
    await learner.fill('[name=words]', 'It is worth more.')
    await learner.click('text=Send the appeal')
    const [request] = (await api<{ items: { id: string }[] }>(university, 'get', '/recognitions')).items
    await page.goto(`${server.address}/recognition/${request!.id}`)
    await page.check('form[action="?/review"] [name=as][value=full]')
    await page.fill('form[action="?/review"] [name=amount]', '2.5')
    await page.fill('form[action="?/review"] textarea', 'The board agrees.')
    await page.click('form[action="?/review"] button')
    const told = async () => {
      await learner.goto(place)
      return learner.textContent('[data-outcome=recognised]')
    }
    await expect.poll(told, { timeout: 60_000, interval: 1000 }).toContain('After an appeal')
    expect(await told()).toContain('It counts no more')
    await everywhere(place, 'transfer-appealed')
    await centre.page.goto(centre.network)
    expect(await centre.page.locator('[data-outcome=recognised] [data-counts]').count()).toBe(2)
  })

  test('a changed key is named on one press, and an agreement that was signed under the old one holds', async () => {
    const { page, network } = university
    await api(university, 'post', '/keys/demonstration')
    await page.goto(network)
    await everywhere(network, 'network-key')
    await page.click('form[action="?/refresh"] button:has-text("Name the new key")')
    await page.waitForSelector('form[action="?/refresh"] button:has-text("Look again")')
    expect(await page.getAttribute('[data-in-force]', 'data-in-force')).toBe('true')
  })

  test('the quarter is settled, and the books agree', async () => {
    for (const side of [university, centre]) {
      await side.page.goto(side.network)
      await side.page.click('form[action="?/settle"] button')
    }
    expect(await centre.page.textContent('main')).toContain('agree')
    await everywhere(university.network, 'network')
  })
})
