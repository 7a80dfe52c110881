/** A survey of forty bodies, in Chromium: asked in any language without scripts, answers in words coded by two people, charts and tables of all of it. */
import { noChromium, openBrowser, startTestDatabase, type TestDatabase } from '@cairn/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { callApi } from './call-api.ts'
import { signIn } from './sign-in.ts'
import { canJourney, type JourneyServer, startJourneyServer } from './start.ts'
import { answersOfForty } from './vectors/answers-of-forty.ts'
import { type Everywhere, openViews } from './views.ts'

describe.skipIf(!canJourney)(`a survey of forty bodies${canJourney ? '' : ` (skipped: ${noChromium}, and npm run build)`}`, () => {
  let place: TestDatabase
  let server: JourneyServer
  let browser: Browser
  let staff: BrowserContext
  let page: Page
  let everywhere: Everywhere
  let survey = ''
  const links = new Map<string, string>()

  beforeAll(async () => {
    // A database of its own, so that a year can go by.
    place = await startTestDatabase()
    const { host, port, user, database } = place.connection
    const DATABASE_URL = `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(String(host))}`
    server = await startJourneyServer({ DATABASE_URL, CAIRN_SECRET: 'x'.repeat(40) })
    browser = await openBrowser()
    staff = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    page = await staff.newPage()
    everywhere = openViews(browser, staff)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await place?.stop()
  })

  const api = <T>(method: 'get' | 'post' | 'put', where: string, data?: object) => callApi<T>(page, server.address, method, where, data)
  /** Somebody with a browser in a language, on a phone; without scripts where nothing has to be looked into. */
  const visitor = async (locale: string, javaScriptEnabled = false) =>
    (await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled, locale })).newPage()
  const picture = async (of: Page, name: string) => {
    if (process.env.CAIRN_PICTURES) await of.screenshot({ path: `${process.env.CAIRN_PICTURES}/${name}.png`, fullPage: true })
  }

  test('the answer page speaks the language of the browser, offers the others, and turns where it should, without scripts', async () => {
    await signIn(page, server.address)
    await page.goto(`${server.address}/surveys`)
    await page.fill('[name="title.en"]', 'Which certificates count?')
    await page.fill('[name=closesOn]', '2020-01-01')
    for (const language of ['fr', 'zh']) await page.uncheck(`[name=languages][value=${language}]`)
    await page.uncheck('[name=yearly]')
    await page.click('main form button.main')
    await page.waitForSelector('main [role=alert]')
    expect(await page.textContent('main [role=alert]')).not.toMatch(/expected|received|>=/)
    expect(await page.inputValue('[name="title.en"]')).toBe('Which certificates count?')
    expect(await page.locator('[name=languages]:checked').evaluateAll((boxes) => boxes.map((box) => box.getAttribute('value')))).toEqual([
      'en',
      'es',
      'ru',
      'ar',
      'cs',
    ])
    expect(await page.isChecked('[name=yearly]')).toBe(false)
    const closesOn = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
    const languages = ['en', 'fr', 'es', 'ru', 'zh', 'ar', 'cs']
    const title = { en: 'Which certificates count?', ar: 'ما الشهادات التي تُحتسب؟', fr: 'Quelles attestations comptent ?' }
    const { id } = await api<{ id: string }>('post', '/surveys', { title, host: 'Expert Team on Training', languages, closesOn })
    survey = `/surveys/${id}`
    const bodies = answersOfForty.map(({ name }) => ({ name }))
    const { survey: opened } = await api<{ survey: { invitations: { name: string; url: string }[] } }>('post', `${survey}/invitations`, {
      bodies,
    })
    for (const { name, url } of opened.invitations) links.set(name, url)
    const link = links.get(answersOfForty[0]!.name)!
    for (const [locale, lang, dir, begin] of [
      ['fr-CH', 'fr', 'ltr', 'Commencer'],
      ['es-MX', 'es', 'ltr', 'Empezar'],
      ['ru', 'ru', 'ltr', 'Начать'],
      ['zh-CN', 'zh', 'ltr', '开始'],
      ['ar-EG', 'ar', 'rtl', 'البدء'],
      ['de', 'en', 'ltr', 'Begin'],
    ] as const) {
      const reader = await visitor(locale, true)
      await reader.goto(link)
      expect([await reader.getAttribute('html', 'lang'), await reader.getAttribute('html', 'dir')]).toEqual([lang, dir])
      expect(await reader.textContent('main a.main')).toBe(begin)
      await expectAccessible(reader, `reply-${lang}`)
      await picture(reader, `reply-${lang}`)
      for (const section of process.env.CAIRN_PICTURES ? ['hours', 'certificate', 'learning'] : ['certificate']) {
        await reader.goto(`${link}/${section}`)
        await expectAccessible(reader, `reply-${lang}-${section}`)
        await picture(reader, `reply-${lang}-${section}`)
      }
      await reader.context().close()
    }
    // What was chosen stays chosen, on the next page and the next day.
    const reader = await visitor('en')
    await reader.goto(link)
    await reader.click('header a[lang=ru]')
    await reader.click('main a.main')
    expect(await reader.getAttribute('html', 'lang')).toBe('ru')
    await reader.selectOption('[name=country]', 'KZ')
    await reader.selectOption('[name=region]', 'Asia')
    await reader.click('main button.main')
    expect(await reader.textContent('h1')).toBe('Часы и виды')
    await reader.context().close()
  })

  test('a language is added by a list of words; a list that is not whole is told row by row and changes nothing', async () => {
    await everywhere(`${server.address}${survey}/languages`, 'languages')
    await page.goto(`${server.address}${survey}/languages`)
    const csv = await (await page.request.get(`${server.address}${survey}/languages/file?language=pt`)).text()
    const upload = async (text: string) => {
      await page.selectOption('form[action="?/upload"] [name=language]', 'pt')
      await page.setInputFiles('[name=file]', { name: 'words.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
      await page.click('form[action="?/upload"] button')
    }
    const rows = csv.trim().split('\r\n')
    const filled = rows.map((row, at) => {
      const english = /^[\w.-]+,("(?:[^"]|"")*"|[^,]*),/.exec(row)?.[1]
      return at === 0 || !english ? row : row.replace(/,$/, () => `,${english.startsWith('"') ? `"P ${english.slice(1)}` : `P ${english}`}`)
    })
    await upload(filled.map((row) => (row.startsWith('page.asks,') ? row.replaceAll('P {host}', 'P {quem}') : row)).join('\r\n'))
    await page.waitForSelector('text=The translation was not taken')
    expect(await page.textContent('table')).toContain('“page.asks”: {host} is lost, {quem} is none of its places.')
    await picture(page, 'languages-wrong')
    await upload(filled.join('\r\n'))
    await page.waitForSelector('text=The survey is now asked in this language too: Portuguese.')
    const reader = await visitor('pt-BR')
    await reader.goto(links.get(answersOfForty[0]!.name)!)
    expect(await reader.getAttribute('html', 'lang')).toBe('pt')
    expect(await reader.textContent('main a.main')).toMatch(/^P (Begin|Go on)$/)
    expect(await reader.textContent('header nav')).toContain('Português')
    await reader.context().close()
  })

  test('forty bodies answer, and every screen shows them', async () => {
    await everywhere(`${server.address}${survey}/coding`, 'coding-empty')
    await everywhere(`${server.address}${survey}/analysis`, 'analysis-empty')
    for (const { name, respondent, pages } of answersOfForty) {
      const reply = `/survey-replies/${links.get(name)!.split('/').at(-1)}`
      for (const [section, answers] of Object.entries(pages))
        await api('put', reply, { section, ...(section === 'body' ? { respondent } : {}), answers })
    }
    await everywhere(server.address + survey, 'survey-forty')
    await everywhere(`${server.address}${survey}/coding`, 'coding-forty')
  })

  test('two people code what was said in words, each alone; a third settles; the analysis counts it', async () => {
    const coding = `${server.address}${survey}/coding/D1`
    await page.goto(coding)
    await picture(page, 'coding-plan')
    await page.fill('[name=headings]', 'Law\nOrder of the body\nPractice')
    const names = await page.locator('[name=first] option').allTextContents()
    await page.selectOption('[name=first]', { index: 2 })
    await page.selectOption('[name=second]', { index: 2 })
    await page.click('form[action="?/plan"] button')
    await page.waitForSelector('text=Two different people')
    expect(names.length).toBeGreaterThan(3)
    const byRole = async (role: string) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
      const own = await context.newPage()
      await signIn(own, server.address, role)
      return { context, own }
    }
    const [one, two] = [await byRole('designer'), await byRole('approver')]
    const { people } = await api<{ people: { person: string; name: string }[] }>('get', `${survey}/coding`)
    const nameOf = async (own: Page) => (await callApi<{ person: { id: string } }>(own, server.address, 'get', '/session')).person.id
    const [first, second] = [await nameOf(one.own), await nameOf(two.own)]
    expect(people.map(({ person }) => person)).toEqual(expect.arrayContaining([first, second]))
    await page.selectOption('[name=first]', first)
    await page.selectOption('[name=second]', second)
    await page.click('form[action="?/plan"] button')
    await page.waitForSelector('text=Saved.')
    for (const [own, differs] of [
      [one.own, false],
      [two.own, true],
    ] as const) {
      await own.goto(coding)
      await expectAccessible(own, 'coding-texts')
      const texts = await own.locator('blockquote').allTextContents()
      for (const [at, text] of texts.entries()) {
        // The second reads one order as law, told by its words: texts stand in an order that is chance.
        const heading =
          /law/i.test(text) || (differs && /director/.test(text)) ? 'Law' : /order/i.test(text) ? 'Order of the body' : 'Practice'
        await own.locator('ol select').nth(at).selectOption(heading)
      }
      await picture(own, differs ? 'coding-second' : 'coding-first')
      await own.click('form[action="?/give"] button')
      await own.waitForSelector('text=Saved.')
    }
    await everywhere(coding, 'coding-differing')
    await page.goto(coding)
    for (const select of await page.locator('form[action="?/settle"] select').all()) await select.selectOption('Order of the body')
    await page.click('form[action="?/settle"] button')
    await page.waitForSelector('text=Saved.')
    expect(await page.textContent('main')).toMatch(/\d+ of \d+ alike: \d+ %, Cohen’s kappa 0\.\d+/)
    for (const { context } of [one, two]) await context.close()
    await page.goto(`${server.address}${survey}/analysis`)
    expect(await page.textContent('#D1')).toContain('Order of the body')
    await page.evaluate(() => {
      for (const each of document.querySelectorAll('details')) each.open = true
    })
    await expectAccessible(page, 'analysis-forty-open')
    await picture(page, 'analysis-forty-open')
    await everywhere(page.url(), 'analysis-forty')
  })

  test('a year later a body is asked for changes only, by its link and without scripts: it changes one answer and confirms, and the day is shown', async () => {
    const { name } = answersOfForty[1]!
    const link = links.get(name)!
    const { pool } = place.database
    await pool.query(`update cairn.survey set closes_on = '2020-01-01'`)
    await pool.query(
      `update cairn.survey_invitation set confirmed_at = confirmed_at - interval '1 year', asked_at = now() where name = $1`,
      [name],
    )
    await everywhere(link, 'reply-asked')
    const reader = await visitor('fr')
    await reader.goto(link)
    expect(await reader.textContent('main')).toContain('Est-ce toujours exact ?')
    expect(await reader.textContent('form[action="?/confirm"] button')).toBe('Rien n’a changé : confirmer')
    await reader.click('main a[href$="/hours#B1"]')
    await reader.fill('[name="B1.value"]', '18')
    await reader.click('button[value=overview]')
    expect(await reader.textContent('dl')).toMatch(/18\sheures\s*modifié/)
    await picture(reader, 'reply-asked-changed')
    await reader.click('form[action="?/confirm"] button')
    expect(await reader.textContent('main')).toMatch(/Dernière confirmation : /)
    expect(await reader.locator('form[action="?/confirm"]').count()).toBe(0)
    await picture(reader, 'reply-confirmed')
    await reader.context().close()
    await pool.query(
      `update cairn.survey_invitation set confirmed_at = confirmed_at - interval '1 year', asked_at = now() where name = $1`,
      [answersOfForty[2]!.name],
    )
    await everywhere(server.address + survey, 'survey-asked')
    await page.goto(server.address + survey)
    expect(await page.textContent(`tr:has-text("${answersOfForty[2]!.name}")`)).toMatch(/asked for changes on .*last confirmed on/s)
    await page.goto(`${server.address}${survey}/analysis`)
    expect(await page.textContent('main')).toContain('Last confirmed within a year: 39; earlier: 1.')
  })
})
