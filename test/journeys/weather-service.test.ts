/** From a survey to a decision, in Chromium: a weather service answers by link, signs its rules, a forecaster asks for career hours, gets a part with reasons, appeals. */
import { noChromium, openBrowser } from '@cairn/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { callApi } from './call-api.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'
import { type Everywhere, openViews } from './views.ts'

describe.skipIf(!canJourney)(`survey to decision${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let server: JourneyServer
  let browser: Browser
  let staff: BrowserContext
  let page: Page
  let phone: Page
  let everywhere: Everywhere
  let survey = ''
  let link = ''
  let request = ''

  beforeAll(async () => {
    server = await startJourneyServer()
    browser = await openBrowser()
    staff = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    page = await staff.newPage()
    everywhere = openViews(browser, staff)
    // Whoever answers, and whoever asks, has no account and runs no scripts.
    phone = await (await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })).newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  /** The page with its scripts at work: what is typed before they start would be theirs to set. */
  const settled = () => page.waitForLoadState('networkidle')
  const api = <T>(method: 'get' | 'post' | 'put', where: string, data?: object) => callApi<T>(page, server.address, method, where, data)

  test('a coordinator opens the survey and invites bodies by pasted lines', async () => {
    await signIn(page, server.address)
    await page.goto(`${server.address}/surveys`)
    await everywhere(page.url(), 'surveys-empty')
    await settled()
    await page.fill('[name="title.en"]', 'Which certificates count?')
    await page.fill('[name="title.ar"]', 'ما الشهادات التي تُحتسب؟')
    await page.fill('[name=host]', 'Expert Team on Training')
    await page.fill('[name=closesOn]', new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10))
    await page.click('main button.main')
    await page.waitForURL(/surveys\/[0-9a-f-]{36}/)
    survey = new URL(page.url()).pathname
    await settled()
    await page.fill('[name=bodies]', 'Sky Service, office@sky.example\nFog Service, fog@nowhere')
    await page.click('form[action="?/invite"] button')
    await page.waitForSelector('text=/Fog Service.?: the mail address/')
    await page.fill(
      '[name=bodies]',
      'Sky Service, office@sky.example\nRain Service\nDune Service\nFjord Service\nDelta Service\nMoor Service',
    )
    await page.click('form[action="?/invite"] button')
    await page.waitForSelector('text=Invited: 6.')
    link = await page.inputValue('[aria-label="Link of Sky Service"]')
  })

  test('a weather service answers page by page without an account or scripts, and comes back by the same link', async () => {
    await phone.goto(link)
    await everywhere(link, 'reply-begin')
    await phone.click('main a.main')
    await phone.selectOption('[name=country]', 'CZ')
    await phone.selectOption('[name=region]', 'Europe')
    await phone.check('[name="A1.value"][value=weather-service]')
    await phone.click('main button.main')
    await phone.waitForURL('**/hours')
    await phone.fill('[name="B1.value"]', 'sixteen')
    await phone.fill('[name="B3.of.successful-completion"]', '100')
    await phone.fill('[name="B3.of.participation"]', '50')
    await phone.click('main button.main')
    expect(await phone.textContent('#B1')).toContain('This cannot be read')
    expect(await phone.inputValue('[name="B1.value"]')).toBe('sixteen')
    expect(await phone.inputValue('[name="B3.of.participation"]')).toBe('50')
    await phone.fill('[name="B1.value"]', '16')
    await phone.selectOption('[name="B2.state"]', 'no-rule')
    await phone.click('main button.main')
    await phone.waitForURL('**/certificate')
    // The link brings one back to where one was.
    await phone.goto(link)
    await phone.click('main a.main')
    await phone.waitForURL('**/certificate')
    for (const mark of ['seal', 'reference']) await phone.check(`[name="B4.value"][value=${mark}]`)
    for (const form of ['advanced-seal', 'badge', 'paper']) await phone.check(`[name="B5.value"][value=${form}]`)
    await phone.check('[name="B6.value"][value=any]')
    await phone.click('main button.main')
    await phone.waitForURL('**/learning')
    await phone.check('[name="B7.value"][value=wmo-1209]')
    await phone.check('[name="B12.value"][value=promotion]')
    await phone.click('main button.main')
    await phone.click('main button.main')
    await phone.check('[name="D2.value"][value=institution]')
    await phone.click('main button.main')
    await phone.waitForURL('**/consent')
    await phone.check('[name="D5.value"][value=named]')
    await phone.click('main button.main')
    expect(await phone.textContent('main')).toMatch(/Publication: .?With our name/)
    for (const section of ['hours', 'certificate', 'consent']) await everywhere(`${link}/${section}`, `reply-${section}`)
  })

  test('the coordinator sees charts with their numbers, a guideline, and files', async () => {
    const { invitations } = await api<{ invitations: { name: string; url: string }[] }>('get', survey)
    const others = [
      ['Rain Service', 'AT', 'Europe', 8, 'together', 'university'],
      ['Dune Service', 'EG', 'Africa', 20, 'named', 'weather-service'],
      ['Fjord Service', 'NO', 'Europe', 24, 'together', 'weather-service'],
      ['Delta Service', 'BD', 'Asia', 40, 'no', 'training-centre'],
    ] as const
    for (const [name, country, region, hours, consent, kind] of others) {
      const reply = `/survey-replies/${invitations
        .find((each) => each.name === name)!
        .url.split('/')
        .at(-1)}`
      await api('put', reply, { section: 'body', respondent: { name, country, region }, answers: { A1: { value: kind } } })
      await api('put', reply, { section: 'hours', answers: { B1: { value: hours }, B2: { state: 'do-not-know' } } })
      await api('put', reply, { section: 'certificate', answers: { B4: { value: ['signature', 'reference'] }, B11: { value: ['en'] } } })
      await api('put', reply, { section: 'consent', answers: { D5: { value: consent } } })
    }
    await page.goto(server.address + survey)
    await page.click('main a.main')
    await page.waitForURL('**/analysis')
    expect(await page.textContent('.guideline')).toContain('Half of 4 bodies are content with 18 hours in one certificate')
    expect(await page.textContent('#B4')).toContain('Reference number')
    expect(await page.textContent('main')).not.toContain('Bangladesh')
    await page.evaluate(() => {
      for (const each of document.querySelectorAll('details')) each.open = true
    })
    expect(await page.textContent('#B1 dl')).toMatch(/Dune Service.*20 hours.*Sky Service.*16 hours/s)
    // A university and a weather service of one country each do not wish to be named, so kinds of body stand together.
    for (const group of ['Europe', 'Others']) expect(await page.textContent('#B1 details >> nth=-1')).toContain(group)
    await expectAccessible(page, 'analysis-open')
    if (process.env.CAIRN_PICTURES) {
      await page.screenshot({ path: `${process.env.CAIRN_PICTURES}/analysis-open.png`, fullPage: true })
      await page.pdf({ path: `${process.env.CAIRN_PICTURES}/analysis.pdf` })
    }
    await everywhere(page.url(), 'analysis')
    const csv = await (await page.request.get(`${server.address}${survey}/file`)).text()
    expect(csv).toContain('numbers,B1,,median,18')
    await everywhere(server.address + survey, 'survey-answered')
  })

  test('signed in behind its link it drafts its rules from the answers, corrects a number, and publishes', async () => {
    await everywhere(link, 'reply-done')
    await page.goto(link)
    await settled()
    await page.click('form[action="?/adopt"] button')
    await page.waitForURL(/policies\/[0-9a-f-]{36}/)
    await settled()
    expect(await page.inputValue('[name=minHours]')).toBe('16')
    expect(await page.inputValue('[name="factor.participation"]')).toBe('0.5')
    await page.fill('[name=generalCap]', '30')
    await page.click('text=Save the draft')
    await page.waitForSelector('text=The draft is saved.')
    await settled()
    await page.click('form[action="?/publish"] button')
    await page.waitForSelector('text=The rules are published.')
    expect(await page.textContent('main')).toContain('Drafted from the answers to a survey')
  })

  test('a forecaster asks for career hours and gets a part of them with reasons', async () => {
    await api('post', '/targets', {
      title: { en: 'Forecaster, grade 2' },
      content: { competencies: ['wmo-1209/forecasting'], framework: 'WMO-1209', period: ['2020-01-01', null] },
    })
    const ready = async () =>
      (await api<{ items: { id: string; state: string }[] }>('get', '/credentials')).items.find(({ state }) => state !== 'intended')
    await expect.poll(ready, { timeout: 60_000 }).toBeDefined()
    const { url } = await api<{ url: string }>('post', `/credentials/${(await ready())!.id}/share`, {})
    await phone.goto(url)
    await phone.click('text=Ask for recognition >> nth=-1')
    await phone.click('main button.main')
    await phone.selectOption('[name=purpose]', 'career-progression')
    await phone.fill('[name=email]', 'forecaster@learners.example')
    await phone.check('[name=consent]')
    await phone.click('main button.main')
    await phone.waitForURL('**/r/*')
    await page.goto(`${server.address}/recognition`)
    await page.click('main table a')
    await page.waitForURL(/recognition\/[0-9a-f-]{36}/)
    request = page.url()
    await settled()
    await page.selectOption('[name=holderMatch]', 'yes')
    await page.fill('[name=competencies]', 'elsewhere/other')
    await page.click('text=Save what you found out')
    await page.waitForSelector('[data-outcome=partial]')
    await page.click('text=Decide and answer')
    await page.waitForSelector('text=/Decided by .?Olga/')
    await phone.reload()
    const said = await phone.textContent('main')
    expect(said).toContain('Recognised in part')
    expect(said).toContain('30 general hours')
    expect(said).toContain('no competency of the post')
  })

  test('the forecaster appeals, and the weather service answers', async () => {
    await phone.fill('[name=words]', 'The course was about forecasting.')
    await phone.click('text=Send the appeal')
    await page.goto(request)
    await settled()
    await page.check('[name=as][value=full]')
    await page.fill('[name=amount]', '54')
    await page.fill('form[action="?/review"] textarea', 'You are right.')
    await page.click('form[action="?/review"] button')
    await page.waitForSelector('text=The decision was changed.')
    await phone.reload()
    expect(await phone.textContent('main')).toContain('54 hours for the post')
  })
})
