/** Recognition as people do it, in Chromium: a weather service publishes its rules, a forecaster asks for career hours, gets a part with reasons, appeals. */
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callApi } from './call-api.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'
import { type Everywhere, openViews } from './views.ts'

describe.skipIf(!canJourney)(`recognition${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let staff: BrowserContext
  let page: Page
  let forecaster: Page
  let everywhere: Everywhere

  beforeAll(async () => {
    server = await startJourneyServer()
    browser = await openBrowser()
    staff = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    page = await staff.newPage()
    everywhere = openViews(browser, staff)
    // A form is all it takes: the forecaster's telephone runs no scripts.
    forecaster = await (await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })).newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  /** The page with its scripts at work: what is typed before they start would be theirs to set. */
  const settled = () => page.waitForLoadState('networkidle')

  const api = <T>(method: 'get' | 'post', where: string, data?: object) => callApi<T>(page, server.address, method, where, data)

  let shared = ''
  let policy = ''
  let follow = ''
  let request = ''

  test('a weather service begins with the example, changes a number, tries it, and publishes', async () => {
    await signIn(page, server.address)
    await page.goto(`${server.address}/targets/post`)
    await settled()
    await page.fill('[name="title.en"]', 'Forecaster, grade 2')
    await page.fill('[name="title.ar"]', 'متنبئ، الدرجة 2')
    await page.fill('[name=competencies]', 'wmo-1209/forecasting')
    await page.fill('[name=from]', '2020-01-01')
    await page.click('main button.main')
    await page.waitForSelector('#targets')
    await settled()
    await page.selectOption('[name=template]', 'weather-service')
    await page.click('main button.main')
    await page.waitForURL(/policies\/[0-9a-f-]{36}/)
    policy = new URL(page.url()).pathname
    await settled()
    await page.fill('[name=generalCap]', '-3')
    await page.click('text=Save the draft')
    await page.waitForSelector('text=stands in the way of publishing')
    await settled()
    await page.fill('[name=generalCap]', '30')
    await page.fill('[name="appealTo.en"]', 'The training board')
    await page.fill('[name="r.5.remedy.en"]', 'Ask the trainer to name the competency.')
    await page.click('text=Save the draft')
    await page.waitForSelector('text=The draft is saved.')
    await settled()
    await page.click('form[action^="?/try"] button')
    await page.waitForSelector('#trial [data-outcome]')
    await page.click('form[action="?/publish"] button')
    await page.waitForSelector('text=The rules are published.')
    await everywhere(server.address + policy, 'policy')
    await everywhere(`${server.address}/policies`, 'policies')
    await everywhere(`${server.address}/targets/module`, 'target')
  })

  test('a save that is refused hands back what was written, without scripts too, and overwrites nobody', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await staff.storageState() })
    const other = await plain.newPage()
    const lateSave = async (address: string, field: string, first: string, late: string) => {
      await other.goto(address)
      await page.goto(address)
      await settled()
      await page.fill(`[name="${field}"]`, first)
      await page.click('text=Save the draft')
      await page.waitForSelector('text=The draft is saved.')
      await other.fill(`[name="${field}"]`, late)
      await other.click('text=Save the draft')
      expect(await other.textContent('main')).toContain('Below is what you wrote. It is not saved yet.')
      expect(await other.inputValue(`[name="${field}"]`)).toBe(late)
      // Once more: still for the revision it was written on.
      await other.click('text=Save the draft')
      expect(await other.inputValue(`[name="${field}"]`)).toBe(late)
      await page.goto(address)
      expect(await page.inputValue(`[name="${field}"]`)).toBe(first)
      // Whoever has seen it may put theirs in its place.
      await other.click('button[name=over]')
      expect(await other.textContent('main')).toContain('The draft is saved.')
      expect(await other.inputValue(`[name="${field}"]`)).toBe(late)
    }
    await lateSave(server.address + policy, 'appealDays', '40', '45')
    await page.goto(`${server.address}/pathways`)
    await settled()
    await page.click('main button.main')
    await page.waitForURL(/pathways\/[0-9a-f-]{36}/)
    await lateSave(page.url(), 'totalMin', '5', '6')
    await plain.close()
  })

  test('the rules stand open for people and, with their hash, for programs', async () => {
    const issuer = '0b7a3c11-5b0e-4d1c-9a55-2f4c1e0d9a10'
    const address = `${server.address}/issuers/${issuer}/policies`
    await everywhere(address, 'issuer-policies')
    const answer = await page.request.get(address, { headers: { accept: 'application/json' } })
    const { policies } = (await answer.json()) as { policies: { hash: string; policy: { params: { generalCap: number } } }[] }
    expect(policies[0]!.policy.params.generalCap).toBe(30)
    expect(policies[0]!.hash).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  test('the designer forecasts who would recognise a draft', async () => {
    const drafts = await api<{ id: string; kind: string }[]>('get', '/specifications')
    const draft = `${server.address}/specifications/${drafts.find(({ kind }) => kind === 'micro-credential')!.id}`
    await page.goto(draft)
    expect(await page.textContent('aside')).toContain('1 of 1 published rules would accept this.')
    await everywhere(draft, 'forecast')
  })

  test('a forecaster sees who gets which facts, consents, and asks, without JavaScript', async () => {
    await expect
      .poll(
        async () => (await api<{ items: { state: string }[] }>('get', '/credentials')).items.some(({ state }) => state !== 'intended'),
        { timeout: 60_000 },
      )
      .toBe(true)
    const { items } = await api<{ items: { id: string; state: string }[] }>('get', '/credentials')
    shared = (await api<{ url: string }>('post', `/credentials/${items.find(({ state }) => state !== 'intended')!.id}/share`, {})).url
    await forecaster.goto(shared)
    await forecaster.click('text=Ask for recognition >> nth=-1')
    await everywhere(forecaster.url(), 'ask')
    await forecaster.click('main button.main')
    await everywhere(forecaster.url(), 'ask-facts')
    expect(await forecaster.textContent('dl.facts')).toContain('Advanced electronic seal')
    await forecaster.selectOption('[name=purpose]', 'career-progression')
    await forecaster.fill('[name=email]', 'forecaster@learners.example')
    await forecaster.check('[name=consent]')
    await forecaster.click('main button.main')
    await forecaster.waitForURL('**/r/*')
    follow = forecaster.url()
    expect(await forecaster.textContent('main')).toContain('You will have an answer by')
  })

  test('the desk asks, fills in what no seal says, and a person decides in part with reasons', async () => {
    await page.goto(`${server.address}/recognition`)
    await everywhere(page.url(), 'desk')
    await page.click('main table a')
    await page.waitForURL(/recognition\/[0-9a-f-]{36}/)
    request = page.url()
    await everywhere(request, 'request')
    await settled()
    await page.click('summary:has-text("Ask the learner")')
    // What is not known is asked for in the learner's language before anybody writes a word.
    expect(await page.inputValue('form[action="?/question"] textarea')).toMatch(/does not say: .*Belongs to the person who asks/)
    await page.fill('form[action="?/question"] textarea', 'Please show us your passport.')
    await page.click('text=Send the question')
    await page.waitForSelector('text=the clock stands')
    await forecaster.goto(follow)
    expect(await forecaster.textContent('main')).toContain('Please show us your passport.')
    await forecaster.fill('[name=words]', 'Shown at the counter.')
    await forecaster.click('main button.main')
    await page.goto(request)
    expect(await page.textContent('main')).toContain('Shown at the counter.')
    await settled()
    await page.selectOption('[name=holderMatch]', 'yes')
    await page.fill('[name=competencies]', 'elsewhere/other')
    await page.click('text=Save what you found out')
    await page.waitForSelector('[data-outcome=partial]')
    await page.click('text=Decide and answer')
    await page.waitForSelector('text=/Decided by .?Olga/')
    await everywhere(request, 'decided')
    await forecaster.goto(follow)
    const said = await forecaster.textContent('main')
    expect(said).toContain('Recognised in part')
    expect(said).toContain('30 general hours')
    expect(said).toContain('no competency of the post')
    const sealed = await forecaster.getAttribute('a[href$="form=sealed"]', 'href')
    const file = (await (await forecaster.request.get(server.address + sealed)).json()) as { payload: string }
    expect(JSON.parse(file.payload)).toMatchObject({ declaration: { outcome: 'partial', policies: [{ version: '1' }] } })
    await everywhere(follow, 'follow')
    const told = await forecaster.textContent('main')
    for (const words of ['Ask the trainer to name the competency.', 'It goes to The training board.'])
      expect(told?.replace(/[\u2066-\u2069]/g, '')).toContain(words)
  })

  test('the forecaster appeals, the body changes its answer, and the file replays', async () => {
    await forecaster.fill('[name=words]', 'The course was about forecasting.')
    await forecaster.click('text=Send the appeal')
    expect(await forecaster.textContent('main')).toContain('Your appeal of')
    await page.goto(request)
    await everywhere(request, 'appeal')
    await settled()
    await page.check('[name=as][value=full]')
    await page.fill('[name=amount]', '54')
    await page.fill('form[action="?/review"] textarea', 'You are right.')
    await page.click('form[action="?/review"] button')
    await page.waitForSelector('text=The decision was changed.')
    await forecaster.goto(follow)
    expect(await forecaster.textContent('main')).toContain('54 hours for the post')
    await everywhere(follow, 'closed')
    const { decision, confirmed } = (await (await page.request.get(`${request}/file`)).json()) as {
      decision: { outcome: string }
      confirmed: { outcome: string }
    }
    expect([decision.outcome, confirmed.outcome]).toEqual(['partial', 'full'])
  })
})
